import { DATE_FUNCTIONS } from "./date-functions";
import { plain, type FormulaFunction } from "./formula-function";
import { NUMBER_FUNCTIONS } from "./number-functions";
import { TEXT_FUNCTIONS } from "./text-functions";
import { isBlank, textOf } from "./values";

/** Functions a formula may use here, as Salesforce's formula reference defines them. */
export const FORMULA_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  AND: { minimum: 1, maximum: 50 },
  OR: { minimum: 1, maximum: 50 },
  IF: { minimum: 3, maximum: 3 },
  CASE: { minimum: 4, maximum: 60 },
  ISNEW: { minimum: 0, maximum: 0 },
  ISCHANGED: { minimum: 1, maximum: 1 },
  PRIORVALUE: { minimum: 1, maximum: 1 },
  NOT: plain(1, 1, ([value]) => value !== true),
  ISBLANK: plain(1, 1, ([value]) => isBlank(value)),
  ISNULL: plain(1, 1, ([value]) => isBlank(value)),
  BLANKVALUE: plain(2, 2, ([value, otherwise]) => (isBlank(value) ? (otherwise ?? null) : (value ?? null))),
  NULLVALUE: plain(2, 2, ([value, otherwise]) => (isBlank(value) ? (otherwise ?? null) : (value ?? null))),
  ISPICKVAL: plain(2, 2, ([value, expected]) => textOf(value) === textOf(expected)),
  INCLUDES: plain(2, 2, ([value, wanted]) => textOf(value).split(";").includes(textOf(wanted))),
  ...TEXT_FUNCTIONS,
  ...NUMBER_FUNCTIONS,
  ...DATE_FUNCTIONS,
};
