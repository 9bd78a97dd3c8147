import { plain, type FormulaFunction } from "./formula-function";
import { numberOf, textOf } from "./values";

/** Number functions of the formula reference. */
export const NUMBER_FUNCTIONS: Readonly<Record<string, FormulaFunction>> = {
  ABS: plain(1, 1, ([value]) => Math.abs(numberOf(value))),
  ROUND: plain(2, 2, ([value, digits]) => rounded(numberOf(value), numberOf(digits))),
  FLOOR: plain(1, 1, ([value]) => Math.floor(numberOf(value))),
  CEILING: plain(1, 1, ([value]) => Math.ceil(numberOf(value))),
  MOD: plain(2, 2, ([value, divisor]) => modulo(numberOf(value), numberOf(divisor))),
  MAX: plain(1, 30, (given) => Math.max(...given.map(numberOf))),
  MIN: plain(1, 30, (given) => Math.min(...given.map(numberOf))),
  ISNUMBER: plain(1, 1, ([value]) => textOf(value).trim() !== "" && !Number.isNaN(numberOf(value))),
};

/** Half away from zero, without tripping over binary fractions. */
function rounded(value: number, digits: number): number {
  const shifted = Math.round(Number(`${Math.abs(value)}e${digits}`));
  return Math.sign(value) * Number(`${shifted}e${-digits}`) || 0;
}

/** The remainder has the sign of the divisor. */
function modulo(value: number, divisor: number): number {
  return divisor === 0 ? value : value - divisor * Math.floor(value / divisor);
}
