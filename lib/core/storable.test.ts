import { describe, expect, it } from "vitest";
import { isStorable, isStorableJson, storableText } from "./storable";

describe("what jsonb can store", () => {
  it.each([
    ["Zoë 🎭\n\t\u0001", "Zoë 🎭\n\t\u0001"],
    ["", ""],
    ["\\u0000 \\ud83d \\\\u0000", "\\u0000 \\ud83d \\\\u0000"],
    ["A\0d\0a", "Ada"],
    ["A\ud83dda", "A\ufffdda"],
    ["\udfad", "\ufffd"],
    // Without the NUL between them, the halves are whole again.
    ["\ud83c\0\udfad", "🎭"],
  ])("%j is stored as %j", (text, stored) => {
    expect(storableText(text)).toBe(stored);
    expect(isStorable(text)).toBe(text === stored);
    expect(isStorableJson([{ [text]: 1 }, text])).toBe(text === stored);
  });
});
