export type FormulaValue = string | number | boolean | null;

export interface FormulaFunction {
  minimum: number;
  maximum: number;
  /** Absent for functions that look at the change itself (ISNEW, ISCHANGED, PRIORVALUE) or choose (AND, OR, IF). */
  apply?: (given: readonly FormulaValue[]) => FormulaValue;
}

const text = (value: FormulaValue | undefined): string =>
  value === null || value === undefined ? "" : String(value);
const number = (value: FormulaValue | undefined): number => Number(value ?? 0);

function plain(
  minimum: number,
  maximum: number,
  apply: (given: readonly FormulaValue[]) => FormulaValue,
): FormulaFunction {
  return { minimum, maximum, apply };
}

const isBlank = (value: FormulaValue | undefined): boolean => text(value) === "";

/** Functions a validation rule may use here, as Salesforce's formula reference defines them. */
export const FORMULA_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  AND: { minimum: 1, maximum: 50 },
  OR: { minimum: 1, maximum: 50 },
  IF: { minimum: 3, maximum: 3 },
  ISNEW: { minimum: 0, maximum: 0 },
  ISCHANGED: { minimum: 1, maximum: 1 },
  PRIORVALUE: { minimum: 1, maximum: 1 },
  NOT: plain(1, 1, ([value]) => value !== true),
  ISBLANK: plain(1, 1, ([value]) => isBlank(value)),
  ISNULL: plain(1, 1, ([value]) => isBlank(value)),
  BLANKVALUE: plain(2, 2, ([value, otherwise]) => (isBlank(value) ? (otherwise ?? null) : (value ?? null))),
  ISPICKVAL: plain(2, 2, ([value, expected]) => text(value) === text(expected)),
  CONTAINS: plain(2, 2, ([value, part]) => text(value).includes(text(part))),
  BEGINS: plain(2, 2, ([value, start]) => text(value).startsWith(text(start))),
  LEN: plain(1, 1, ([value]) => text(value).length),
  LEFT: plain(2, 2, ([value, count]) => text(value).slice(0, number(count))),
  RIGHT: plain(2, 2, ([value, count]) => (number(count) > 0 ? text(value).slice(-number(count)) : "")),
  MID: plain(3, 3, ([value, start, count]) =>
    text(value).slice(number(start) - 1, number(start) - 1 + number(count)),
  ),
  LOWER: plain(1, 1, ([value]) => text(value).toLowerCase()),
  UPPER: plain(1, 1, ([value]) => text(value).toUpperCase()),
  TRIM: plain(1, 1, ([value]) => text(value).trim()),
  TEXT: plain(1, 1, ([value]) => text(value)),
  VALUE: plain(1, 1, ([value]) => number(value)),
  ABS: plain(1, 1, ([value]) => Math.abs(number(value))),
};
