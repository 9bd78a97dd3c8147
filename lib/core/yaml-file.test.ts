import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readYaml } from "./yaml-file";

const schema = z.looseObject({ name: z.string(), lines: z.record(z.string(), z.string()).default({}) });

function problems(yaml: string): readonly string[] {
  const started = performance.now();
  const answer = readYaml(yaml, schema);
  expect(performance.now() - started).toBeLessThan(10_000);
  return answer.ok ? [] : answer.problems.map(({ line, sentence }) => `${line}: ${sentence}`);
}

const each = (count: number, write: (index: number) => string) =>
  Array.from({ length: count }, (_, index) => write(index)).join("");

/** Nine to the power of the levels. */
const laughs = `a0: &a0 [x]\n${each(9, (index) => `a${index + 1}: &a${index + 1} [${each(9, () => `*a${index},`)}]\n`)}`;

describe("YAML that is meant to do harm is refused with a sentence, and soon", () => {
  it.each([
    ["aliases of aliases", `name: x\n${laughs}`, /^null: The file repeats itself too often/],
    ["many aliases", `name: &x x\n${each(2_000, (index) => `a${index}: *x\n`)}`, /^1002: .*repeats itself/],
    ["an alias of nothing", "name: *x", /^1: The alias \*x has no &x before it/],
    ["an alias of what comes later", "name: *x\nb: &x x", /^1: The alias \*x has no &x before it/],
    ["lists in lists", `name: ${"[".repeat(10_000)}${"]".repeat(10_000)}`, /^null: .*nested too deeply/],
    ["keys in keys", `name: ${"{a: ".repeat(10_000)}1${"}".repeat(10_000)}`, /^null: .*nested too deeply/],
    ["lists that never end", `name: ${"[".repeat(50_000)}`, /^null: .*nested too deeply/],
    ["a file without end", `name: x\n#${" ".repeat(4_000_000)}`, /^null: The file has more than 4000000/],
    ["a key that is there twice", "name: x\nname: y", /^2: The key name is there twice/],
    ["the same within", "name: x\nlines:\n  a: b\n  'a': c", /^4: The key a is there twice/],
    ["code", "name: !!js/function 'function () {}'", /^1: The tag !!js\/function has no meaning here/],
    ["bytes", "name: !!binary aGVsbG8=", /^1: The tag !!binary has no meaning here/],
    ["a tag of one's own", "name: !x y", /^1: The tag !x has no meaning here/],
    ["the prototype", "name: x\nlines:\n  __proto__: y", /^3: No key can be called __proto__/],
    ["tabs", "name: x\nlines:\n\ta: b", /^3: Tabs are not allowed/],
    ["two documents", "name: x\n---\nname: y", /^2: A second document begins here/],
  ])("%s", (_, yaml, sentence) => expect(problems(yaml)[0]).toMatch(sentence));

  it("also where everything is wrong, of which no more than fifty are told", () => {
    const wrong = problems(`name: x\n${"]\n".repeat(20_000)}`);
    expect([wrong.length, wrong[50]]).toEqual([51, "null: There is more wrong than that."]);
    const lines = each(20_000, (index) => `  a${index}: 1\n`);
    expect(problems(`name: x\nlines:\n${lines}`)).toHaveLength(51);
  });
});

describe("YAML with a slip is refused in plain words, once for each line", () => {
  it.each([
    ["lines: [a\nname: x", /^2: A bracket is open: its \] is missing/],
    ["lines: {a: b\nname: x", /^2: A bracket is open: its \} is missing/],
    ["name: 'x", /^1: A quote is open/],
    ["name: a: b", /second colon in this line/],
    ["name: x\n  more: y", /second colon in this line, or it is further in/],
    ["lines:\n    a: b\n  c: d", /^3: The spaces before this line do not fit/],
    ["name: @x", /begins with a sign that YAML keeps for itself. Put it in quotes/],
    ["name\nlines: x", /^1: This line has no colon/],
    ['name: "\\q"', /backslash/],
    ['name: "x" y', /cannot be read here/],
    ["name: x\n- y", /^2: This line has no colon/],
  ])("%j", (yaml, sentence) => {
    const said = problems(yaml);
    expect(said[0]).toMatch(sentence);
    expect(new Set(said.map((each) => each.split(":")[0])).size).toBe(said.length);
    expect(said.join(" ")).not.toMatch(/flow|implicit|sequence|token|scalar|block/i);
  });
});

describe("YAML as editors save it is read", () => {
  it.each([
    ["with a byte order mark", "\ufeffname: x\n"],
    ["with CRLF", "name: x\r\nlines:\r\n  a: b\r\n"],
    ["with its beginning and end marked", "---\nname: x\n...\n"],
    ["with aliases", "name: &x x\nlines:\n  a: *x\n"],
    ["with tags that say what is so anyway", "name: !!str x\n"],
    ["with long maps", `name: x\nlines:\n${each(20_000, (index) => `  a${index}: b\n`)}`],
  ])("%s", (_, yaml) => expect(problems(yaml)).toEqual([]));
});
