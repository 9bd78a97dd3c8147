import { expect, test } from "vitest";
import { z } from "zod";
import { refusalSentence } from "./refusal-words";

const schema = z.object({
  document: z.object({
    keyField: z.string().min(1),
    lines: z.array(
      z.strictObject({
        target: z.string().regex(/^[A-Z]/, "must be the API name of a field"),
        note: z.string().max(5).optional(),
        when: z.enum(["always", "create"]).default("always"),
        onMissing: z.union([z.literal("leave"), z.strictObject({ default: z.string() })]).default("leave"),
        size: z.number().int().min(1).optional(),
      }),
    ),
  }),
});
const line = { target: "A" };
const sentence = (lines: unknown, keyField: unknown = "K") => {
  const parsed = schema.safeParse({ document: { keyField, lines } });
  if (parsed.success) throw new Error("it is as it should be");
  const [first] = parsed.error.issues;
  return first && refusalSentence(first);
};

test.each([
  [[line, { ...line, note: "too long" }], "Line 2, note: at most 5 characters."],
  [[{ ...line, target: "1" }], "Line 1, target: must be the API name of a field."],
  [[{ ...line, when: "never" }], "Line 1, when: must be always or create."],
  [[{ ...line, onMissing: 5 }], "Line 1, on missing: this cannot be used here."],
  [[{ ...line, size: 0 }], "Line 1, size: at least 1."],
  [[{ ...line, size: 1.5 }], "Line 1, size: must be a whole number."],
  [[{ ...line, size: "x" }], "Line 1, size: must be a number."],
  [[{}], "Line 1, target: is missing."],
  [[{ ...line, colour: 1 }], "Line 1: “colour” is not known here."],
  ["x", "Lines: must be a list."],
])("what is refused is said in words: %j", (lines, expected) => expect(sentence(lines)).toBe(expected));

test("what is empty or missing is said of the field", () => {
  expect(sentence([], "")).toBe("Key field: at least one character.");
  expect(sentence([], 5)).toBe("Key field: must be a text.");
  expect(z.string().safeParse(5).error?.issues.map(refusalSentence)).toEqual(["Must be a text."]);
});
