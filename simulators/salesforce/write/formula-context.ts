import type { Change } from "./change";
import type { FormulaContext } from "../formula/context";
import { formulaValue } from "../formula/read-value";
import { resolveName } from "../formula/resolve-name";
import type { FormulaValue } from "../formula/values";
import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";
import type { Org } from "../org/org";

/** What the formulas of rules and automations see of a change. */
export function formulaContext(org: Org, change: Change): FormulaContext {
  const now = org.now();
  const object = org.schema.find(change.object.name) ?? change.object;
  const read = (name: string, row: Row): FormulaValue => valueOf(org, change, object, name, row);
  return {
    now,
    get today() {
      return dayAt(now, String(userRow(org, change)?.TimeZoneSidKey ?? "UTC"));
    },
    isNew: change.kind === "insert",
    value: (name) => read(name, change.after),
    priorValue: (name) => read(name, change.before ?? change.after),
  };
}

function valueOf(org: Org, change: Change, object: SObject, path: string, row: Row): FormulaValue {
  const name = resolveName(org.schema, object, path);
  switch (name.kind) {
    case "own":
      return formulaValue(name.field, row[name.field.name]);
    case "parent":
      return ofParent(org, name.parent, row[name.lookup.name], name.field);
    case "user":
      return formulaValue(name.field, userRow(org, change)?.[name.field.name]);
    case "profile":
      return ofParent(org, name.profile, userRow(org, change)?.[name.lookup.name], name.field);
  }
}

function ofParent(org: Org, parent: SObject, id: Value | undefined, field: FieldModel): FormulaValue {
  const row = typeof id === "string" ? org.store.table(parent).get(id) : undefined;
  return row && !row.IsDeleted ? formulaValue(field, row[field.name]) : null;
}

function userRow(org: Org, change: Change): Row | undefined {
  return org.store.table(org.schema.standard("User")).get(change.writer.userId);
}

const dayFormats = new Map<string, Intl.DateTimeFormat>();

/** The calendar day of a moment in a time zone, as `2026-11-22`. */
function dayAt(moment: Date, timeZone: string): string {
  const format = dayFormats.get(timeZone) ?? new Intl.DateTimeFormat("en-CA", { timeZone });
  dayFormats.set(timeZone, format);
  return format.format(moment);
}
