import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { grantCalls, storedGrant } from "@/lib/budget/grant-calls";
import { dailyCallsSchema } from "@/lib/core/budget/grant";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = z.object({ institution: z.string() });
const body = z.strictObject({ revision: z.string(), dailyCalls: dailyCallsSchema });

const noConnection = "There is no connection with this institution code.";

/** What the connector may use of the calls that the org allows in 24 hours. */
export const GET = route({ params }, async ({ params: { institution } }) => {
  const stored = await storedGrant(webRuntime().db, institution);
  if (!stored) throw notFound(noConnection);
  return stored;
});

/** Grants so many, or such a share; 409 with what is stored when somebody granted others in between. */
export const PUT = route({ params, body }, async ({ params: { institution }, body: given, session }) => {
  const result = await grantCalls(webRuntime().db, { ...given, institution, actor: session.email });
  if (result.outcome === "missing") throw notFound(noConnection);
  if (result.outcome === "saved") return result.stored;
  const sentence = `Somebody else granted ${result.stored.dailyCalls} after you opened this. Nothing of yours was saved.`;
  throw new Problem(409, "conflict", sentence, { stored: result.stored });
});
