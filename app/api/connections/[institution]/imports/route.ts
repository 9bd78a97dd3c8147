import { z } from "zod";
import { connectionOf } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { importStreams } from "@/lib/core/imports/words";
import { readImports } from "@/lib/imports/status";
import { startImport } from "@/lib/imports/steer";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = z.object({ institution: z.string() });
const mostExpected = 100_000_000;
const body = z.strictObject({
  since: z.iso.date(),
  canary: z.number().int().min(0).max(200),
  streams: z
    .array(
      z.strictObject({
        stream: z.enum(importStreams),
        expected: z.number().int().min(1).max(mostExpected).nullable(),
      }),
    )
    .min(1)
    .max(importStreams.length),
});

/** The imports of a connection. */
export const GET = route({ params }, async ({ params: { institution } }) => {
  const { id } = await connectionOf(institution);
  return readImports(webRuntime().db, id);
});

/** Begins one for each of the streams, or none. */
export const POST = route({ params, body }, async ({ params: { institution }, body: start, session }) => {
  const { db } = webRuntime();
  const { id: connectionId } = await connectionOf(institution);
  const result = await startImport(db, { ...start, connectionId, actor: session.email });
  if (result.outcome === "open") {
    const what = result.stream === "contacts-in" ? "contacts" : "orders";
    const detail = `An import of ${what} goes on already. Finish or cancel it before the next one begins.`;
    throw new Problem(409, "conflict", detail);
  }
  return readImports(db, connectionId);
});
