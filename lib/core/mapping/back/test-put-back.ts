/** For tests: ad hoc two-way lines, one value put back, and what changed in a contact, told by path. */
import { expect } from "vitest";
import type { Contact } from "../../contact-side";
import type { CanonicalValue, FieldType } from "../../side";
import { compileMapping } from "../compile";
import { defaultValueMaps } from "../defaults/defaults";
import { lineOf, type LineDraft } from "../defaults/defaults-contacts";
import type { ValueMapEntries } from "../document";
import type { CompiledLine, EvaluationContext } from "../evaluation";
import { putBack, type PutBack } from "./put-back";
import { testField } from "../test-describe";

export const putContext: EvaluationContext = {
  valueMaps: defaultValueMaps,
  timeZone: "Europe/Zurich",
  selected: () => true,
};

/** One two-way line to a field `Any__c` of the given type. */
export function twoWayLine(
  expression: string,
  type: FieldType = "text",
  draft: Partial<LineDraft> = {},
): CompiledLine {
  const field = testField("Any__c", type, 0, { scale: 3 });
  const [line] = compileMapping(
    {
      kind: "individual",
      object: "Contact",
      keyField: "SyncId__c",
      lines: [lineOf({ target: field.name, expression, twoWay: true, ...draft })],
    },
    { prefix: "", describe: { name: "Contact", label: "Contact", fields: [field] }, recordTypeId: null },
  ).lines;
  if (!line) throw new Error(`${expression} does not compile`);
  return line;
}

interface Options {
  readonly type?: FieldType;
  readonly timeZone?: string;
  readonly values?: Readonly<Record<string, string | boolean | null>>;
  readonly rules?: ValueMapEntries["rules"];
  readonly otherwise?: "leave" | "hold" | { readonly default: string };
}

/** Puts one value back into a contact that nothing may change. */
export function put(
  contact: Contact,
  expression: string,
  value: CanonicalValue,
  { type, timeZone = "Europe/Zurich", values, rules, otherwise = "leave" }: Options = {},
): Promise<PutBack> {
  const context = {
    ...putContext,
    timeZone,
    ...(values && { valueMaps: { titles: { values, rules, otherwise } } }),
  };
  return putBack(deepFreeze(contact), [{ line: twoWayLine(expression, type), value }], context);
}

/** The changed contact, where all went well. */
export async function after(...args: Parameters<typeof put>): Promise<Contact> {
  const { problems, left, contact } = await put(...args);
  expect([problems, left]).toEqual([[], []]);
  return contact;
}

/** What stands in the way; nothing was put then. */
export async function problem(...args: Parameters<typeof put>): Promise<string> {
  const { problems, contact, sections } = await put(...args);
  expect([contact, sections]).toEqual([args[0], []]);
  return problems.map(({ fault }) => `${fault.code} ${fault.field}: ${fault.sentence}`).join("\n");
}

/** What S-360 keeps, and why. */
export async function left(...args: Parameters<typeof put>): Promise<string> {
  const answer = await put(...args);
  expect(answer).toMatchObject({ problems: [], sections: [] });
  expect(answer.contact).toBe(args[0]);
  return answer.left.map(({ target, sentence }) => `${target}: ${sentence}`).join("\n");
}

function deepFreeze<T>(value: T): T {
  if (typeof value === "object" && value !== null) Object.values(Object.freeze(value)).forEach(deepFreeze);
  return value;
}

/** `addresses.0.town` for every leaf that is not the same in both, or only in one. */
export function changedPaths(before: unknown, after: unknown, path = ""): readonly string[] {
  if (Object.is(before, after)) return [];
  if (!isNested(before) && !isNested(after)) return [path];
  const [left, right] = [isNested(before) ? before : {}, isNested(after) ? after : {}];
  const keys = [...new Set([...Object.keys(left), ...Object.keys(right)])];
  return keys.flatMap((key) => {
    const [here, there] = [left, right].map((side) => (Object.hasOwn(side, key) ? side[key] : undefined));
    return changedPaths(here, there, path === "" ? key : `${path}.${key}`);
  });
}

function isNested(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}
