import { ControlError } from "./errors";
import { optionalText, textOf, type ControlRequest, type ControlRoute } from "./request";
import { compileRule } from "../write/validations/compile-rule";
import type { ValidationRule } from "../org/validation-rule";

/** `/__control/validation-rules`: what an admin of the org would set up. */
export const validationRuleRoutes: ControlRoute[] = [
  { method: "GET", path: "/validation-rules", handle: list },
  {
    method: "POST",
    path: "/validation-rules",
    takes: ["object", "formula", "message", "errorField"],
    handle: add,
  },
  { method: "DELETE", path: "/validation-rules", handle: remove },
];

function list({ holder }: ControlRequest): unknown {
  return { validationRules: holder.org.validationRules.map(shown) };
}

function add({ holder, body }: ControlRequest): unknown {
  const { org } = holder;
  const stored = {
    id: org.ids.next("03d"),
    object: textOf(body, "object"),
    formula: textOf(body, "formula"),
    message: textOf(body, "message"),
    errorField: optionalText(body, "errorField"),
  };
  let rule: ValidationRule;
  try {
    rule = compileRule(org.schema, stored);
  } catch (error) {
    throw new ControlError(error instanceof Error ? error.message : String(error));
  }
  org.validationRules.push(rule);
  org.onSettings();
  return shown(rule);
}

/** Takes away the rule with `?id=`, or all rules. */
function remove({ holder, query }: ControlRequest): unknown {
  const id = query.get("id");
  holder.org.validationRules = holder.org.validationRules.filter((rule) => id !== null && rule.id !== id);
  holder.org.onSettings();
  return { validationRules: holder.org.validationRules.map(shown) };
}

function shown({ id, object, formula, message, errorField }: ValidationRule) {
  return { id, object, formula, message, errorField };
}
