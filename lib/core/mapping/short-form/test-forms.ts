/** Forms and texts at random, for properties. */
import fc from "fast-check";
import { knownLists } from "../source-model";
import {
  shortHelpers,
  type ShortCondition,
  type ShortForm,
  type ShortPath,
  type ShortStep,
  type ShortValue,
} from "./form";
import { isChosen, readsUnchosenList } from "./parse";

const names = fc.oneof(
  fc.constantFrom(
    "addresses",
    "communicationMeans",
    "street1",
    "main",
    "x",
    "größe",
    "my name",
    "in",
    "EOL",
    "first",
    "money",
    "a-b",
    "true",
  ),
  fc.string({ minLength: 1, maxLength: 8 }).filter((name) => !/[`]/.test(name)),
);
const literals = fc.oneof(
  fc.string({ maxLength: 6 }),
  fc.boolean(),
  fc.integer({ min: -100_000, max: 100_000 }),
);

const condition: fc.Arbitrary<ShortCondition> = fc.oneof(
  fc.record({ name: names, test: fc.constant("set" as const), value: fc.constant(true), not: fc.boolean() }),
  fc.record({ name: names, test: fc.constant("equal" as const), value: literals, not: fc.boolean() }),
);

const step: fc.Arbitrary<ShortStep> = fc.oneof(
  names.map((name) => ({ name, all: false, position: null, where: [] })),
  names.map((name) => ({ name, all: knownLists.has(name), position: null, where: [] })),
  fc.record({
    name: names,
    all: fc.constant(false),
    position: fc.integer({ min: 1, max: 1000 }),
    where: fc.constant([]),
  }),
  fc.record({
    name: names,
    all: fc.constant(false),
    position: fc.constant(null),
    where: fc.array(condition, { minLength: 1, maxLength: 3 }),
  }),
);

const path: fc.Arbitrary<ShortPath> = fc
  .array(step, { minLength: 1, maxLength: 4 })
  .map((steps) => steps.map((one, index) => (index === steps.length - 1 ? { ...one, all: false } : one)))
  .filter((steps) => !steps.slice(-1).some(isChosen));

const ofOne = (steps: ShortPath): ShortPath => steps.map((one) => ({ ...one, all: false }));

const value: fc.Arbitrary<ShortValue> = fc
  .record({
    through: fc.oneof(
      fc.constantFrom(...(["itself", "not", ...shortHelpers] as const)).map((by) => ({ by })),
      fc.string({ maxLength: 6 }).map((name) => ({ by: "valueMap" as const, name })),
    ),
    paths: fc.array(path, { minLength: 1, maxLength: 3 }),
    filled: fc.boolean(),
  })
  .map(({ through, paths, filled }) => {
    const [only] = paths;
    const isFilled = paths.length > 1 || filled || (only !== undefined && readsUnchosenList(only));
    return { through, from: isFilled ? paths.map(ofOne) : paths, filled: isFilled };
  });

/** Forms as reading makes them. */
export const shortForms: fc.Arbitrary<ShortForm> = fc.oneof(
  literals.map((constant) => ({ form: "constant" as const, value: constant })),
  fc
    .record({
      before: fc.string({ maxLength: 4 }),
      after: fc.string({ maxLength: 4 }),
      values: fc.array(value, { minLength: 1, maxLength: 4 }),
      gaps: fc.array(fc.oneof(fc.constantFrom(" ", "\n", "\n\n", ", ", ""), fc.string({ maxLength: 3 })), {
        minLength: 3,
        maxLength: 3,
      }),
    })
    .map(({ before, after, values, gaps }) => ({
      form: "values" as const,
      before,
      values,
      separators: gaps.slice(0, values.length - 1),
      after,
    })),
);

const pieces = fc.constantFrom(
  "addresses",
  "(",
  ")",
  "main",
  "/",
  ".",
  "+",
  "EOL",
  '"',
  "'",
  "`",
  "!",
  "=",
  ",",
  "*",
  " ",
  "first(",
  "$first(",
  "[0]",
  "[main]",
  "$lines(",
  '$joinParts(" ", ',
  "valueMap(",
  "titles",
  "5",
  "007",
  "-",
  "$",
  "&",
  "\n",
  "ä",
  "😀",
  "\u0000",
);

/** Text that is nearly a short form, nearly JSONata, or nothing at all. */
export const texts = fc.oneof(
  fc.array(pieces, { maxLength: 24 }).map((parts) => parts.join("")),
  fc.string({ unit: "binary", maxLength: 60 }),
);
