import type { Automation, StoredPhoneFormatter } from "./automation";
import { e164Phone, usPhone } from "./phone-format";
import { settingValues } from "./setting-values";
import { evaluateFormula } from "../formula/evaluate";
import { rowError, type RowError } from "../http/errors";
import type { FieldModel, Value } from "../model/types";
import type { Org } from "../org/org";
import { isPersonContactEdit, type Change } from "../write/change";
import { formulaContext } from "../write/formula-context";

interface BeforeSave {
  /** Fields that automations changed. */
  fields: FieldModel[];
  errors: RowError[];
}

const NOTHING: BeforeSave = { fields: [], errors: [] };

/**
 * Runs the object's before-save automations in the order they were added; each sees what those before it wrote into
 * `after`. Those of Contact do not run for the contacts of person accounts (Apex triggers of Account do, on both sides).
 */
export function runBeforeAutomations(org: Org, change: Change, after: Record<string, Value>): BeforeSave {
  const automations = org.automations.filter(({ stored }) => stored.object === change.object.name);
  if (automations.length === 0 || isPersonContactEdit(change)) return NOTHING;
  const live = { ...change, after };
  const fields = new Set<FieldModel>();
  for (const automation of automations) {
    const refused = errorOf(org, automation, live);
    if (refused) return { fields: [], errors: [refused] };
    for (const [field, value] of valuesOf(org, automation, live)) {
      if (value === null) delete after[field.name];
      else after[field.name] = value;
      fields.add(field);
    }
  }
  return { fields: [...fields], errors: [] };
}

function valuesOf(org: Org, automation: Automation, change: Change): ReadonlyMap<FieldModel, Value> {
  if (automation.kind === "phone-formatter") {
    const format = automation.stored.format === "us" ? usPhone : e164Phone;
    const values = new Map<FieldModel, Value>();
    for (const field of phoneFields(org, automation.stored)) {
      const value = change.after[field.name];
      if (typeof value === "string" && format(value) !== value) values.set(field, format(value));
    }
    return values;
  }
  if (automation.kind !== "field-trigger" || automation.stored.timing !== "before") return new Map();
  return settingValues(org, automation, change.after, formulaContext(org, change));
}

/** Found at each save, as deployments add fields and change them. */
function phoneFields(org: Org, { object: objectName, fields }: StoredPhoneFormatter): FieldModel[] {
  const object = org.schema.find(objectName);
  if (!fields) return (object?.model.fields ?? []).filter(({ type }) => type === "phone");
  return fields.flatMap((name) => object?.field(name) ?? []);
}

/** The fault of a flow as the API words it (public error messages; the sentence after the name is the admin's). */
function errorOf(org: Org, automation: Automation, change: Change): RowError | undefined {
  if (automation.kind !== "flow-error") return undefined;
  if (evaluateFormula(automation.when, formulaContext(org, change)) !== true) return undefined;
  const { name, message, code } = automation.stored;
  return rowError(
    code,
    `We can't save this record because the “${name}” process failed. Give your Salesforce admin these details. ${message}`,
  );
}
