import { readFileSync } from "node:fs";
import { expect, it } from "vitest";

it("the README shows the example file, whole and as it is", () => {
  const example = readFileSync("myvenue.example.yaml", "utf8").trim();
  expect(readFileSync("README.md", "utf8")).toContain("```yaml\n" + example + "\n```");
});
