import { z } from "zod";
import { ControlError } from "./errors";
import type { ControlRequest, ControlRoute } from "./request";
import { addDuplicateRule } from "../duplicates/compile-rule";
import type { StoredDuplicateRule } from "../duplicates/duplicate-rule";

/** `/__control/duplicate-rules`: duplicate rules with their matching, none to begin with. */
export const duplicateRuleRoutes: ControlRoute[] = [
  { method: "GET", path: "/duplicate-rules", handle: list },
  { method: "POST", path: "/duplicate-rules", handle: add },
  { method: "DELETE", path: "/duplicate-rules", handle: remove },
];

const action = z.enum(["alert", "block", "off"]);

const ruleSchema = z.strictObject({
  object: z.string().min(1),
  name: z.string().min(1).optional(),
  matchingRule: z.string().min(1).optional(),
  message: z.string().min(1).default("Use one of these records?"),
  onCreate: action.default("alert"),
  onEdit: action.default("alert"),
  match: z
    .array(
      z.strictObject({
        field: z.string().min(1),
        method: z.enum(["exact", "fuzzy"]).default("exact"),
        matchBlank: z.boolean().default(false),
      }),
    )
    .min(1),
});

function list({ holder }: ControlRequest): unknown {
  return { duplicateRules: holder.org.duplicateRules.list() };
}

function add({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  const given = ruleSchema.safeParse(body);
  if (!given.success) throw new ControlError(z.prettifyError(given.error));
  const { name, matchingRule, ...rest } = given.data;
  const stored: StoredDuplicateRule = {
    ...rest,
    id: org.ids.next("0Bm"),
    name: name ?? `${rest.object}_Duplicate_Rule`,
    matchingRule: matchingRule ?? `${rest.object}_Matching_Rule`,
  };
  try {
    const rule = addDuplicateRule(org, stored);
    org.onSettings();
    return rule;
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
}

/** Takes away the rule with `?id=`, or all. */
function remove({ holder, query }: ControlRequest): unknown {
  const { org } = holder;
  org.duplicateRules.remove(query.get("id"));
  org.onSettings();
  return { duplicateRules: org.duplicateRules.list() };
}
