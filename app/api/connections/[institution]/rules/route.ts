import { z } from "zod";
import { route } from "@/app/api/route-handler";
import type { RulesDetail } from "@/lib/connections/contract";
import { ruleSettingsSchema, saveRules } from "@/lib/connections/rules";
import { rulesDetail } from "@/lib/connections/rules-detail";
import { notFound, Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";
import { checkPlaceholder } from "./check-placeholder";

const params = z.object({ institution: z.string() });
const body = z.strictObject({ revision: z.string(), settings: ruleSettingsSchema });

/** The rules of a connection, and what a person needs to judge them. */
export const GET = route({ params }, ({ params: { institution } }) => detailOf(institution));

/** Saves the rules that were opened at `revision`; the Account that they name for anonymous sales must be in the org; 409 with the stored ones when somebody saved in between. */
export const PUT = route({ params, body }, async ({ params: { institution }, body: given, session }) => {
  await checkPlaceholder(institution, given.settings.sales);
  const input = { ...given, institution, actor: session.email };
  const { outcome } = await saveRules(webRuntime().db, input);
  const detail = await detailOf(institution);
  if (outcome !== "conflict") return detail;
  const sentence = "Somebody else changed these rules after you opened them. Nothing of yours was saved.";
  throw new Problem(409, "conflict", sentence, { stored: detail });
});

async function detailOf(institution: string): Promise<RulesDetail> {
  const { db, config } = webRuntime();
  const detail = await rulesDetail(db, institution, config.smtpUrl !== undefined);
  if (!detail) throw notFound("There is no connection with this institution code.");
  return detail;
}
