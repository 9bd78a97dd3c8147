import { sql, type SQLWrapper } from "drizzle-orm";
import type { Database } from "@/lib/platform/db";

type Plan = readonly [
  { readonly Plan: { readonly "Shared Hit Blocks": number; readonly "Shared Read Blocks": number } },
];

/**
 * How many pages of tables and indexes PostgreSQL looks at for the statements of some work: what a statement costs when much
 * is stored, and the same on every machine. Each `execute` is run twice, so only for what may be.
 */
export async function pagesRead(db: Database, work: (db: Database) => Promise<unknown>): Promise<number> {
  let pages = 0;
  const execute = async (query: SQLWrapper) => {
    const explained = await db.execute<{ "QUERY PLAN": Plan }>(
      sql`explain (analyze, buffers, format json) ${query}`,
    );
    const [{ Plan: plan }] = (explained.rows[0] as { "QUERY PLAN": Plan })["QUERY PLAN"];
    pages += plan["Shared Hit Blocks"] + plan["Shared Read Blocks"];
    return db.execute(query as Parameters<Database["execute"]>[0]);
  };
  await work(
    new Proxy(db, {
      get: (target, name) => (name === "execute" ? execute : Reflect.get(target, name)) as unknown,
    }),
  );
  return pages;
}
