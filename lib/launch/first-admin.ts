import { join } from "node:path";
import { ensureFirstAdmin, isPasswordOf } from "@/lib/auth/first-admin";
import type { Config } from "@/lib/platform/config";
import { readIfPresent, writePrivateFile } from "@/lib/platform/data-folder";
import { openDatabase } from "@/lib/platform/db";
import { databaseUrl } from "@/lib/platform/postgres/find";

export type FirstAdmin = {
  email: string;
  /** What to print for the person; null when it is known to them already. */
  password: string | null;
};

/**
 * Called at every start with the address of the migrated database in `config.databaseUrl`. A password that was made up
 * here is kept in a file of mode 0600 in the data folder and returned at each start, as long as it is the admin's.
 */
export async function firstAdmin(config: Config): Promise<FirstAdmin> {
  const file = join(config.dataFolder, "first-admin.password");
  const { db, close } = openDatabase(databaseUrl(config), { name: "s360-start", max: 1 });
  try {
    const email = config.adminEmail ?? "admin@example.com";
    const admin = await ensureFirstAdmin(db, { email, password: config.adminPassword });
    if (admin.password !== null && !config.adminPassword) writePrivateFile(file, admin.password);
    const kept = readIfPresent(file);
    if (kept === null || !(await isPasswordOf(db, admin.email, kept)))
      return { email: admin.email, password: null };
    return { email: admin.email, password: kept };
  } finally {
    await close();
  }
}
