/**
 * The short form in which admins of S-360 write where a value comes from (s360.md §6.2): paths, filters, negation and
 * concatenation. It is what is typed and shown; stored is the JSONata that it compiles to (design §6).
 */

/** A line in short form: a constant, or values with what stands between and around them. */
export type ShortForm =
  | { readonly form: "constant"; readonly value: string | number | boolean }
  | {
      readonly form: "values";
      /** Text before the first value; written only when there is a value. */
      readonly before: string;
      readonly values: readonly ShortValue[];
      /** Between each value and the next: one less than there are values. A line break is `\n`. */
      readonly separators: readonly string[];
      readonly after: string;
    };

/** Functions of one value that have a name in short form (helperFunctions); `not` is written as `!`. */
export const shortHelpers = [
  "money",
  "moneyText",
  "number",
  "date",
  "dateTime",
  "phone",
  "country",
  "percent",
] as const;
export type ShortHelper = (typeof shortHelpers)[number];

/** The function of an expression that each is. Where jsonata has one of the same name ours cannot take it. */
export const helperFunctions: Readonly<Record<ShortHelper | "not", string>> = {
  not: "opposite",
  money: "money",
  moneyText: "moneyText",
  number: "toNumber",
  date: "date",
  dateTime: "dateTime",
  phone: "phone",
  country: "country",
  percent: "percent",
};

export interface ShortValue {
  readonly through:
    { readonly by: "itself" | "not" | ShortHelper } | { readonly by: "valueMap"; readonly name: string };
  /** The first of these that holds something. */
  readonly from: readonly ShortPath[];
  /** The first value that is not empty, as opposed to the first there is. */
  readonly filled: boolean;
}

export type ShortPath = readonly ShortStep[];

export interface ShortStep {
  readonly name: string;
  /** `(*)`: every element of the list, not only the first. */
  readonly all: boolean;
  /** `(1)`: the element at this place of the list, counted from one; null when none is named. */
  readonly position: number | null;
  /** Which element: the first that meets all of these. */
  readonly where: readonly ShortCondition[];
}

export interface ShortCondition {
  readonly name: string;
  /** A flag that is set, or a member that equals a value. */
  readonly test: "set" | "equal";
  /** Of `equal`. */
  readonly value: string | number | boolean;
  readonly not: boolean;
}

export type ShortProblemCode =
  | "too_long"
  | "empty"
  | "unclosed"
  | "unknown_sign"
  | "name_expected"
  | "value_expected"
  | "bracket_expected"
  | "plus_expected"
  | "unexpected_sign"
  | "whole_element"
  | "unknown_function"
  /** A number beside `+`: to be added, or to be put into a text. */
  | "number_to_add"
  /** No fault: S-360 may have more than is documented. */
  | "unknown_name";

/** What cannot be read, where, and what would be right. */
export interface ShortProblem {
  readonly code: ShortProblemCode;
  readonly sentence: string;
  /** 1-based character. */
  readonly position: number;
  /** How many characters are meant; at least 1. */
  readonly length: number;
  /** A word that was most likely meant. */
  readonly suggestion?: string;
}

export type ShortAnswer =
  | {
      readonly ok: true;
      readonly form: ShortForm;
      /** Names that the model does not know: worth a look, not a fault. */
      readonly unknown: readonly ShortProblem[];
    }
  | { readonly ok: false; readonly problem: ShortProblem };

/** Names that need no quotes: as in JSONata, plus hyphens. */
export const plainName = /^[\p{L}_][\p{L}\p{N}_-]*$/u;
