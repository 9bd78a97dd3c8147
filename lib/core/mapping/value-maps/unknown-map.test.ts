import { expect, it } from "vitest";
import { sentenceOfUnknownMap } from "./unknown-map";

const known = ["titles", "countries", "my titles"];

it.each(["titels", "Titles", "title"])("%s was most likely a value map that there is", (name) => {
  expect(sentenceOfUnknownMap(name, known)).toBe(
    `There is no value map "${name}". Did you mean "titles"? Otherwise create it, or choose another.`,
  );
});

it("nothing is guessed where nothing is near", () => {
  expect(sentenceOfUnknownMap("colours", known)).toBe(
    'There is no value map "colours". Create it, or choose another.',
  );
});

it("a name of any length is answered at once and does not drown the sentence", () => {
  const many = Array.from({ length: 1_000 }, (_, nth) => `map ${nth}`);
  expect(sentenceOfUnknownMap("x".repeat(100_000), many).length).toBeLessThan(250);
});
