import { describe, expect, test } from "vitest";
import { turnOf } from "./undo-keys";

function pressed(text: string) {
  const keys = text.split("+");
  const has = (key: string) => keys.includes(key);
  return turnOf({
    key: keys.at(-1) ?? "",
    ctrlKey: has("Ctrl"),
    metaKey: has("Cmd"),
    shiftKey: has("Shift"),
    altKey: has("Alt"),
  });
}

describe("keys", () => {
  test.each(["Ctrl+z", "Cmd+z", "Ctrl+Z"])("%s takes back the last step", (keys) => {
    expect(pressed(keys)).toBe("undone");
  });

  test.each(["Ctrl+Shift+Z", "Cmd+Shift+z", "Ctrl+y"])("%s does it again", (keys) => {
    expect(pressed(keys)).toBe("redone");
  });

  test.each(["z", "Shift+Z", "Ctrl+Alt+z", "Cmd+y", "Ctrl+Shift+y", "Ctrl+s"])("%s is for others", (keys) => {
    expect(pressed(keys)).toBeNull();
  });
});
