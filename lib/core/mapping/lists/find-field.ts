/** Which field of the target object somebody means by a name. */
import { shortened } from "../../shortened";
import { closest } from "../../closest";
import { bareName } from "../field-name";
import type { FieldRoom } from "../fit/fit";

/** What is known of a field of the target object. */
export interface ListField {
  /** API name as a document writes it: with `[p]` in place of the org's package prefix. */
  readonly target: string;
  readonly name: string;
  readonly label: string;
  /** As an admin says it: `text(40)`. */
  readonly type: string;
  /** What it can hold; absent where nobody knows. */
  readonly room?: FieldRoom;
  readonly referenceTo: readonly string[];
  /** Salesforce demands it of new records, or the mapping cannot do without it. */
  readonly required: boolean;
  /** Why no line can fill it; null when one can. */
  readonly notWritable: string | null;
}

export type FoundField =
  | { readonly ok: true; readonly field: ListField }
  | { readonly ok: false; readonly sentence: string; readonly suggestion?: string };

/**
 * By API name in any case, with or without the package prefix, then by label where only one field has it. S-360's own
 * lists write the prefix of its package, also for orgs that have the fields without. `suggest`: look for what was likely meant,
 * which takes time for each name.
 */
export function findField(name: string, fields: readonly ListField[], suggest = true): FoundField {
  const wanted = name.trim().toLowerCase();
  const exact = fields.filter(
    (field) => field.name.toLowerCase() === wanted || field.target.toLowerCase() === wanted,
  );
  const found = exact.length > 0 ? exact : byBareName(wanted, fields);
  const [only, ...more] = found.length > 0 ? found : byLabel(wanted, fields);
  if (!only) return unknown(name.trim(), suggest ? fields : []);
  if (more.length === 0) return { ok: true, field: only };
  const names = [only, ...more].map((field) => field.name);
  return {
    ok: false,
    sentence: `${more.length + 1} fields are called ${name.trim()}: ${names.join(", ")}. Write the API name of the one that is meant.`,
  };
}

function byBareName(wanted: string, fields: readonly ListField[]): readonly ListField[] {
  return fields.filter(({ target }) => bareName(target) === bareName(wanted));
}

function byLabel(wanted: string, fields: readonly ListField[]): readonly ListField[] {
  return fields.filter(({ label }) => label.trim().toLowerCase() === wanted);
}

function unknown(name: string, fields: readonly ListField[]): FoundField {
  const names = new Map(
    fields.flatMap(({ target, label, name: apiName }) => [
      [bareName(target), apiName] as const,
      [label, label] as const,
    ]),
  );
  const near = name.length > 80 ? null : closest(bareName(name), [...names.keys()]);
  const suggestion = near === null ? undefined : names.get(near);
  const help = suggestion === undefined ? "Check its spelling." : `Did you mean ${suggestion}?`;
  const sentence = `Salesforce has no field ${shortened(name)} here, or hides it from the connector's user. ${help}`;
  return { ok: false, sentence, ...(suggestion !== undefined && { suggestion }) };
}
