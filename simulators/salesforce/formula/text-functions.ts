import { plain, type FormulaFunction } from "./formula-function";
import { matchesWhole } from "./regex";
import { numberOf, textOf } from "./values";

/** Text functions of the formula reference; positions count from 1. */
export const TEXT_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  CONTAINS: plain(2, 2, ([value, part]) => textOf(value).includes(textOf(part))),
  BEGINS: plain(2, 2, ([value, start]) => textOf(value).startsWith(textOf(start))),
  LEN: plain(1, 1, ([value]) => textOf(value).length),
  LEFT: plain(2, 2, ([value, count]) => textOf(value).slice(0, Math.max(0, numberOf(count)))),
  RIGHT: plain(2, 2, ([value, count]) => (numberOf(count) > 0 ? textOf(value).slice(-numberOf(count)) : "")),
  MID: plain(3, 3, ([value, start, count]) =>
    textOf(value).slice(numberOf(start) - 1, numberOf(start) - 1 + numberOf(count)),
  ),
  LOWER: plain(1, 2, ([value]) => textOf(value).toLowerCase()),
  UPPER: plain(1, 2, ([value]) => textOf(value).toUpperCase()),
  TRIM: plain(1, 1, ([value]) => textOf(value).trim()),
  TEXT: plain(1, 1, ([value]) => textOf(value)),
  VALUE: plain(1, 1, ([value]) => numberOf(value)),
  SUBSTITUTE: plain(3, 3, ([value, old, replacement]) =>
    textOf(old) === "" ? textOf(value) : textOf(value).replaceAll(textOf(old), () => textOf(replacement)),
  ),
  FIND: plain(2, 3, ([part, value, start]) =>
    textOf(part) === ""
      ? 0
      : textOf(value).indexOf(textOf(part), start === undefined ? 0 : numberOf(start) - 1) + 1,
  ),
  REGEX: plain(2, 2, ([value, pattern]) => matchesWhole(textOf(pattern), textOf(value))),
};
