/** A date, or a date with its time, inside a formula. */
export interface Moment {
  readonly kind: "date" | "datetime";
  readonly ms: number;
}

export type FormulaValue = string | number | boolean | Moment | null;

export const DAY_MS = 86_400_000;

export function isMoment(value: FormulaValue | undefined): value is Moment {
  return typeof value === "object" && value !== null;
}

/** Text of a value as `TEXT` and `&` give it; blank for null. */
export function textOf(value: FormulaValue | undefined): string {
  if (isMoment(value)) {
    const iso = new Date(value.ms).toISOString();
    return value.kind === "date" ? iso.slice(0, 10) : `${iso.slice(0, 10)} ${iso.slice(11, 19)}Z`;
  }
  return value === null || value === undefined ? "" : String(value);
}

/** Number of a value; blank counts as zero, text that is no number is NaN. */
export function numberOf(value: FormulaValue | undefined): number {
  return isMoment(value) ? value.ms / DAY_MS : Number(value ?? 0);
}

export function isBlank(value: FormulaValue | undefined): boolean {
  return textOf(value) === "";
}

/** The date that a text such as `2026-11-22` names, or the day of a moment in UTC; null for anything else. */
export function dateOf(value: FormulaValue | undefined): Moment | null {
  const text = isMoment(value) ? new Date(value.ms).toISOString().slice(0, 10) : textOf(value);
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return null;
  const ms = Date.parse(`${text}T00:00:00Z`);
  return Number.isNaN(ms) ? null : { kind: "date", ms };
}

/** The moment that a text such as `2026-11-22 10:00:00` names in UTC; null for anything else. */
export function dateTimeOf(value: FormulaValue | undefined): Moment | null {
  if (isMoment(value)) return { kind: "datetime", ms: value.ms };
  const match = /^(\d{4}-\d{2}-\d{2})[T ](\d{2}:\d{2}:\d{2})(?:\.\d+)?(?:Z|\+00:?00)?$/.exec(textOf(value));
  const ms = match ? Date.parse(`${match[1] ?? ""}T${match[2] ?? ""}Z`) : Number.NaN;
  return Number.isNaN(ms) ? null : { kind: "datetime", ms };
}

export function areEqual(a: FormulaValue, b: FormulaValue): boolean {
  if (isMoment(a) && isMoment(b)) return a.ms === b.ms;
  return (a === "" ? null : a) === (b === "" ? null : b);
}

/** Whether `a <operator> b`; false when one of them is blank or they cannot be compared. */
export function areOrdered(operator: string, a: FormulaValue, b: FormulaValue): boolean {
  const [left, right] = isMoment(a) && isMoment(b) ? [a.ms, b.ms] : [a, b];
  if (left === null || right === null || isMoment(left) || isMoment(right)) return false;
  switch (operator) {
    case "<":
      return left < right;
    case ">":
      return left > right;
    case "<=":
      return left <= right;
    default:
      return left >= right;
  }
}

/** `a + b` and `a - b`: numbers, text with `+`, days before or after a date, days between two dates. */
export function addOrSubtract(operator: "+" | "-", a: FormulaValue, b: FormulaValue): FormulaValue {
  const sign = operator === "+" ? 1 : -1;
  if (isMoment(a)) {
    if (isMoment(b)) return operator === "-" ? (a.ms - b.ms) / DAY_MS : null;
    return shifted(a, sign * numberOf(b));
  }
  if (isMoment(b)) return operator === "+" ? shifted(b, numberOf(a)) : null;
  if (operator === "+" && (typeof a === "string" || typeof b === "string")) return textOf(a) + textOf(b);
  return Number(a) + sign * Number(b);
}

function shifted(moment: Moment, days: number): Moment {
  const ms = moment.ms + Math.round((moment.kind === "date" ? Math.trunc(days) : days) * DAY_MS);
  return { ...moment, ms };
}
