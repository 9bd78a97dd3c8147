import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { loadConnection } from "@/lib/connections/load";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { grantPace, readPace } from "@/lib/reviews/pace";

const params = z.object({ institution: z.string() });
const body = z
  .strictObject({
    perMinute: z.number().int().min(1).max(10_000),
    until: z.iso.datetime({ offset: true }).transform((text) => new Date(text)),
  })
  .nullable();

const noConnection = "There is no connection with this institution code.";

/** How many calls a minute S-360 takes from us. */
export const GET = route({ params }, async ({ params: { institution } }) => {
  const { db } = webRuntime();
  const connection = await loadConnection(db, institution);
  if (!connection) throw notFound(noConnection);
  return readPace(db, connection, new Date());
});

/** A higher rate for a while, as SecuTix has granted it; null: the usual one at once. */
export const PUT = route({ params, body }, async ({ params: { institution }, body: boost, session }) => {
  const input = { institution, boost, actor: session.email, now: new Date() };
  const result = await grantPace(webRuntime().db, input);
  if (result.outcome === "missing") throw notFound(noConnection);
  if (result.outcome === "refused") throw new Problem(422, "refused", result.sentence);
  return boost && { perMinute: boost.perMinute, until: boost.until.toISOString() };
});
