import { z } from "zod";
import { route } from "@/app/api/route-handler";
import { tryNow } from "@/lib/connections/hold";
import { notFound } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

const params = z.object({ institution: z.string(), system: z.enum(["salesforce", "s360"]) });
const body = z.strictObject({ wait: z.literal(false) });

/** Does not wait any longer: the system that refused is asked again now. */
export const PATCH = route({ params, body }, async ({ params: { institution, system }, session }) => {
  const outcome = await tryNow(webRuntime().db, { institution, system, actor: session.email });
  if (outcome === "missing") throw notFound("There is no connection with this institution code.");
  return { outcome };
});
