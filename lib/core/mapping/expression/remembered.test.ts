import { expect, it } from "vitest";
import { remembered } from "./remembered";

function asked(most: number) {
  const made: string[] = [];
  const ask = remembered((text) => {
    made.push(text[0] ?? "");
    return text.length;
  }, most);
  return { made, ask };
}

it("an answer is made once, also one that says nothing", () => {
  let times = 0;
  const ask = remembered(() => void times++);
  ask("a");
  ask("a");
  expect(times).toBe(1);
});

it("what was asked for longest ago makes room, by characters", () => {
  const { made, ask } = asked(1_000);
  const [a, b, c] = ["a", "b", "c"].map((letter) => letter.repeat(300)) as [string, string, string];
  for (const text of [a, b, a, c, a, b]) expect(ask(text)).toBe(300);
  expect(made).toEqual(["a", "b", "c", "b"]);
});

it("a text that is too long by itself is answered and not kept", () => {
  const { made, ask } = asked(100);
  expect([ask("x".repeat(200)), ask("x".repeat(200)), ask("a"), ask("a")]).toEqual([200, 200, 1, 1]);
  expect(made).toEqual(["x", "x", "a"]);
});
