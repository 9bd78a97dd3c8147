import type { FieldTrigger } from "./automation";
import { settingValues } from "./setting-values";
import type { RowError } from "../http/errors";
import type { SObject } from "../model/schema";
import type { FieldModel, Value } from "../model/types";
import type { Org } from "../org/org";
import type { Change } from "../write/change";
import { formulaContext } from "../write/formula-context";
import { failure } from "../write/save-result";

/** The object's triggers that run after a record was saved, in the order they were added. */
export function afterTriggersOf(org: Org, object: SObject): FieldTrigger[] {
  const triggers: FieldTrigger[] = [];
  for (const automation of org.automations) {
    const { stored } = automation;
    if (
      automation.kind === "field-trigger" &&
      automation.stored.timing === "after" &&
      stored.object === object.name
    ) {
      triggers.push(automation);
    }
  }
  return triggers;
}

/** What the trigger writes once more into the saved record; empty when it has nothing to change. */
export function triggeredValues(org: Org, trigger: FieldTrigger, change: Change): Map<FieldModel, Value> {
  return settingValues(org, trigger, change.after, formulaContext(org, change));
}

/** The row's failure when the trigger's own write fails, as Salesforce words an uncaught DmlException of a trigger. */
export function triggerFailure(
  { stored }: FieldTrigger,
  change: Change,
  id: string,
  errors: readonly RowError[],
) {
  const [first] = errors;
  const event = change.kind === "insert" ? "AfterInsert" : "AfterUpdate";
  const fields = first?.fields.join(", ") ?? "";
  return failure(
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
    `${stored.name}: execution of ${event}\n\ncaused by: System.DmlException: Update failed. First exception on row 0 with id ${id}; first error: ${first?.statusCode ?? ""}, ${first?.message ?? ""}: [${fields}]\n\n()`,
  );
}

/** Triggers that keep setting each other off. */
export function maximumDepthError({ stored }: FieldTrigger, change: Change) {
  const event = change.kind === "insert" ? "AfterInsert" : "AfterUpdate";
  return failure(
    "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY",
    `${stored.name}: execution of ${event}\n\ncaused by: System.DmlException: ${stored.name}: maximum trigger depth exceeded\n${change.object.name} trigger event ${event}`,
  );
}
