/** What a value map says of a code. */
import type { CodeRule, ValueMapEntries } from "../document";

/** What a code may stand for; null empties the field. */
export type Scalar = ValueMapEntries["values"][string];

/** What a map does with a code that has no value. */
export type CodeEffect = ValueMapEntries["otherwise"];

/** The rule of a code that is known without a value; null when it has none. */
export function ruleOf({ rules }: ValueMapEntries, code: string): CodeRule | null {
  return rules && Object.hasOwn(rules, code) ? (rules[code] ?? null) : null;
}

/** What becomes of a code that has no value. */
export function effectOf(map: ValueMapEntries, code: string): CodeEffect {
  const rule = ruleOf(map, code);
  return rule === null || rule === "otherwise" ? map.otherwise : rule;
}

export function isListed(map: ValueMapEntries, code: string): boolean {
  return Object.hasOwn(map.values, code) || ruleOf(map, code) !== null;
}

export function listedCodes({ values, rules = {} }: ValueMapEntries): readonly string[] {
  return [...Object.keys(values), ...Object.keys(rules)];
}

/** The one of `names` that differs from `name` only by small and capital letters: nobody can keep them apart. */
export function twinOf(name: string, names: Iterable<string>): string | undefined {
  const folded = name.toLowerCase();
  return [...names].find((each) => each !== name && each.toLowerCase() === folded);
}

/** How many codes it lists. */
export function codeCount(map: ValueMapEntries): number {
  return listedCodes(map).length;
}

/** The map with more codes, all of which say the same. */
export function withDecision(
  map: ValueMapEntries,
  codes: readonly string[],
  decision: { readonly value: Scalar } | { readonly rule: CodeRule },
): ValueMapEntries {
  const each = <Said>(said: Said) => Object.fromEntries(codes.map((code) => [code, said]));
  return "rule" in decision
    ? { ...map, rules: { ...map.rules, ...each(decision.rule) } }
    : { ...map, values: { ...map.values, ...each(decision.value) } };
}

/** The form in which value maps are stored and compared: a blank value is none, and rules are named only when there are. */
export function normalEntries({ values, rules = {}, otherwise }: ValueMapEntries): ValueMapEntries {
  const plain = Object.fromEntries(Object.entries(values).map(([code, value]) => [code, blankless(value)]));
  return {
    values: plain,
    ...(Object.keys(rules).length > 0 && { rules }),
    otherwise: typeof otherwise === "string" ? otherwise : { default: blankless(otherwise.default) },
  };
}

function blankless(value: Scalar): Scalar {
  return typeof value === "string" && value.trim() === "" ? null : value;
}

const collator = new Intl.Collator("en", { numeric: true });

/** The order in which people look for a code: 9 before 10. */
export function byCode(a: string, b: string): number {
  return collator.compare(a, b) || (a < b ? -1 : Number(a > b));
}
