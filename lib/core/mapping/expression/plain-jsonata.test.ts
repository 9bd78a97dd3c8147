/**
 * Bounds change nothing of what is allowed: the same expression gives the same, or fails the same, as in plain jsonata. And
 * unlike there the source reads the same afterwards.
 */
import { isDeepStrictEqual } from "node:util";
import fc from "fast-check";
import jsonata from "jsonata";
import { describe, expect, it } from "vitest";
import { checkExpression } from "./allow-list";
import { boundExpression } from "./bounded-expression";

const source = {
  contactNumber: "0012345",
  name: "Edna Frank",
  empty: "",
  nothing: null,
  yes: true,
  amount: 482000,
  price: 12.5,
  tags: ["OPERA", "JAZZ", "OPERA"],
  none: [],
  one: ["a"],
  nested: [[], [[]], [{ town: "Bern", none: [] }]],
  flag: true,
  addresses: [
    { main: true, town: "Lausanne", street1: "12 rue du Lac", zip: 1004, lines: ["12 rue du Lac", null] },
    { main: false, town: "Bern", zip: 3000, lines: [] },
  ],
  when: "2026-02-01T22:00:00.000Z",
  deep: { a: { b: [{ c: 1 }, { c: [2, 3] }] } },
  many: Array.from({ length: 150 }, (_, nth) => ({
    name: `n${nth}`,
    zip: nth,
    even: nth % 2 ? "odd" : "even",
  })),
};

type Outcome = { readonly value: unknown } | { readonly code: string };

async function outcomeOf(run: () => Promise<unknown>): Promise<Outcome> {
  try {
    const value = await run();
    return { value: value === undefined ? "nothing" : (JSON.parse(JSON.stringify(value)) as unknown) };
  } catch (error) {
    return { code: String((error as { code?: unknown }).code) };
  }
}

/** Each reads a source of its own. The last tells whether plain jsonata has left its own as it was. */
async function both(expression: string): Promise<readonly [Outcome, Outcome, boolean]> {
  const [read, readPlain] = [structuredClone(source), structuredClone(source)];
  const plain = await outcomeOf(async () => jsonata(expression).evaluate(readPlain) as Promise<unknown>);
  const bounded = boundExpression(expression);
  const ours = await outcomeOf(async () => {
    if (!bounded.ok) throw new Error(bounded.problems[0]?.sentence);
    return bounded.bounded.run(read, { valueMaps: {}, timeZone: "UTC" });
  });
  if (!isDeepStrictEqual(read, source)) throw new Error(`${expression} changes its source`);
  return [ours, plain, isDeepStrictEqual(readPlain, source)];
}

const pairsOf = (length: number, pair: (nth: number) => string) =>
  Array.from({ length }, (_, nth) => pair(nth)).join(", ");

const examples = [
  `{${pairsOf(150, (nth) => `"k${nth}": name & ${nth}`)}}`,
  `[${pairsOf(150, (nth) => `name & ${nth}`)}]`,
  "many{name: zip}",
  "many{name: {'zip': zip, 'twice': [zip, zip]}}",
  "many#$i{name: $i}",
  "many{even: $sum(zip)}",
  "[many{name: zip}, many{name: {'a': [name, zip]}}]",
  "many.{name: [zip, {'n': name}]}",
  "($n := 'none'; [($n := name; $n), $n])",
  "[($x := 1; $x + 1), $x]",
  "{'a': ($x := name; $x & $x), 'b': $x & 'z'}",
  "addresses{town: ($x := zip; $x), town & 'z': $x}",
  "($x := name; [$x, {'a': $x, 'b': [($x := amount; $x), $x]}, $x])",
  "($y := [name, ($x := 1; $x)]; [$y, $x])",
  "{$x := 'a': $x, 'b': $x}",
  "[yes ? ($x := 1; $x) : 2, $count(($x := tags; $x)), $x]",
  "[addresses[($x := zip; $x > 2000)].town, $x]",
  "[$map(tags, function($t) { ($x := $t; $x) }), $x]",
  "deep.*.*.*",
  "many.*",
  "addresses.*.*",
  "{'a': [[1, [2]], []], 'b': [], 'c': [[[3]]], 'd': 4}.*",
  '$pad("ab", 9, "xyz") & $pad("ab", -9, "xyz") & $pad("é🎭", 5, "🎭a") & $pad("", 3, "")',
  '$pad("abc", 2) & $pad("abc", 4.9) & $pad(missing, 3)',
  '$map(["a", "b"], $pad)',
  "$spread(addresses)",
  "$spread([[{'a': 1}], {'b': 2}, 3])",
  "$spread([])",
  "$spread([{}])",
  "$spread('a')",
  "$spread(missing)",
  "$spread([{'a': 1}])",
  "$map(addresses, $spread)",
  "deep.$spread()",
  "$zip([1, 2, 3], ['a', 'b'], [true, false, null])",
  "$zip(tags)",
  "$zip(1, [2])",
  "name",
  "addresses.town",
  "addresses[main].town",
  "addresses[0].lines",
  "addresses[zip > 2000].zip",
  "deep.a.b.c",
  "**.c",
  "deep.*.b[1].c[-1]",
  "nothing",
  "missing.member",
  "name & nothing & missing",
  "amount / 1000 + price % 5 - -1",
  "amount = 482000 and yes or missing",
  '"JAZZ" in tags',
  "yes ? name : amount",
  "missing ? 1",
  "missing ?? name",
  "empty ?: name",
  '{"a": name, "b": [amount, missing], "c": addresses.{town: zip}}',
  "addresses{town: zip}",
  "addresses^(>zip).town",
  "addresses^(town).zip",
  "($x := name; $uppercase($x) & $string(amount))",
  "$sum(addresses.zip)",
  "$average(tags)",
  "$count(missing)",
  "$max([1, 3, 2])",
  '$join(tags, "; ")',
  "$join(tags)",
  '$split(name, " ")',
  '$contains(name, "Fra")',
  "$contains(name, /fra/i)",
  "$match(name, /[a-z]+/)",
  '$replace(name, /(E)(d)/, "$2$1")',
  '$replace(name, "n", "N", 1)',
  '$substringBefore(name, " ") & "|" & $substringAfter(name, " ")',
  "$substring(name, -3, 2)",
  '$pad(contactNumber, 10, "*")',
  "$pad(contactNumber, -10)",
  "$trim('  a   b ')",
  "$length(name)",
  "$number('12.50')",
  "$number('x')",
  "$string({'a': 1})",
  "$floor(price) + $ceil(price) + $round(price) + $abs(-price)",
  "$sqrt(-1)",
  "$power(2, 10)",
  "$boolean([0]) = $not(empty)",
  "$distinct(tags)",
  "$distinct($append(addresses, addresses))",
  "$distinct([1, '1', true, null, [1], ['1'], {'a': 1}, {'a': '1'}, [[1]], [1], {'a': 1}])",
  "$distinct([{'a': 1, 'b': 2}, {'b': 2, 'a': 1}])",
  "$distinct(missing)",
  "$distinct(tags[0])",
  "$distinct(tags[$ = 'OPERA'])",
  "$map(tags, $length)",
  "$map([1.25, 2], $round)",
  "$map(['a,b'], $split)",
  "$map(tags, $substringBefore)",
  "$filter([0, 1], $boolean)",
  "$each(deep, $type)",
  "$reduce([[1], [2]], $append)",
  "$reverse(tags)",
  "$append(tags, name)",
  "$zip(tags, [1, 2])",
  "$keys(addresses)",
  "$lookup(deep, 'a')",
  "$spread({'a': 1, 'b': 2})",
  "$merge([{'a': 1}, {'a': 2}])",
  "$exists(missing)",
  "$type(tags)",
  "$map(tags, function($t, $i) { $t & $i })",
  "$filter(addresses, function($a) { $a.zip > 2000 }).town",
  "$reduce(addresses.zip, function($a, $b) { $a + $b })",
  "$single(addresses, function($a) { $a.main }).town",
  "$sort(tags)",
  "$sort(addresses, function($a, $b) { $a.zip < $b.zip }).town",
  "$each(deep, function($v, $k) { $k })",
  "$sift(deep, function($v, $k) { $k = 'a' })",
  '$fromMillis($toMillis(when), "[Y0001]-[M01]-[D01]")',
  "$toMillis('not a date')",
  '$formatNumber(amount, "#,##0.00")',
  "$formatBase(255, 16)",
  '$formatInteger(12, "w")',
  '$parseInteger("twelve", "w")',
  "$base64decode($base64encode(name))",
  "$encodeUrlComponent(name & '?&')",
  "$uppercase(amount)",
  "$lowercase(tags)",
  "$sum('x')",
  "$error('stopped')",
  "$assert(false, 'not so')",
  "addresses.town.%.zip",
  "addresses@$a.tags[$a.main]",
  "addresses#$i.town[$i = 1]",
  "tags[[0..0]]",
  "name[]",
  "(name)[]",
  "tags[]",
  "one[]",
  "flag[]",
  '"text"[]',
  "[name[], name]",
  "addresses[].street1",
  "addresses[main][].street1",
  "addresses[main][0].street1[]",
  "addresses[main[]][0].street1",
  "addresses[(main)[]][0].street1",
  "addresses[town[]='Bern'][0].zip",
  "none{town: zip}",
  "none{'a': 1}",
  "none.{'a': 1}",
  "(none{'a': 1}; $count(none))",
  "nested#$x.{'a': $x}",
  "nested.{'a': $}",
  "nested[0]{'a': 1}",
  "nested{'a': $count($)}",
  "$map(nested, function($n) { $n{'a': 1} })",
  "addresses.(lines{'a': $})",
  "addresses[1].lines{'a': $}",
  "($n := none; $n{'a': 1})",
  "-name",
  "name + 1",
  "amount < name",
  "1 / 0",
];

describe("what is allowed is as in plain jsonata:", () => {
  it.each(examples)("%s", async (expression) => {
    // What is not allowed has its own tests.
    if (checkExpression(expression).length > 0) return;
    const [ours, plain] = await both(expression);
    expect(ours).toEqual(plain);
  });

  it("and so is what is put together from it at random", async () => {
    const paths = fc.constantFrom(
      "name",
      "nothing",
      "missing",
      "amount",
      "tags",
      "addresses.town",
      "addresses[main].zip",
      "deep.a.b.c",
      "empty",
    );
    const unary = fc.constantFrom(
      "$uppercase",
      "$string",
      "$count",
      "$trim",
      "$distinct",
      "$reverse",
      "$boolean",
      "$not",
      "$exists",
      "$type",
      "$sum",
      "$length",
      "$number",
      "$join",
      "$keys",
      "$abs",
    );
    const operators = fc.constantFrom("&", "+", "-", "*", "/", "=", "!=", "<", "and", "or", "in", "??", "?:");
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        paths,
        fc.constantFrom('"text"', "1", "-2.5", "true", "null", "[]", "[1, 'a']"),
        fc.tuple(unary, tie("expression")).map(([name, of]) => `${name}(${of})`),
        fc
          .tuple(tie("expression"), operators, tie("expression"))
          .map(([a, sign, b]) => `(${a} ${sign} ${b})`),
        fc
          .tuple(tie("expression"), tie("expression"), tie("expression"))
          .map(([a, b, c]) => `(${a} ? ${b} : ${c})`),
        fc.tuple(paths, tie("expression")).map(([path, filter]) => `${path}[${filter}]`),
        tie("expression").map((of) => `{"a": ${of}, "b": [${of}]}`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        if (checkExpression(text).length > 0) return;
        const [ours, plain] = await both(text);
        expect(ours).toEqual(plain);
      }),
      { numRuns: 1_500 },
    );
  });

  it("and so is what groups and keeps lists, also where they are empty", async () => {
    let compared = 0;
    let changed = 0;
    const lists = fc.constantFrom(
      "none",
      "nested",
      "nested[0]",
      "nested[1]",
      "nested[1][0]",
      "nested.none",
      "addresses",
      "addresses.lines",
      "addresses[1].lines",
      "$$.none",
      "missing",
      "tags",
      "one",
      "$",
    );
    const { expression } = fc.letrec<{ expression: string }>((tie) => ({
      expression: fc.oneof(
        { maxDepth: 4, withCrossShrink: true },
        { weight: 3, arbitrary: lists },
        { weight: 2, arbitrary: fc.constantFrom("1", '"t"', "name", "$count($)", "[]", "$string($)") },
        fc.tuple(tie("expression"), tie("expression")).map(([of, value]) => `${of}{"a": ${value}}`),
        fc.tuple(tie("expression"), tie("expression")).map(([of, value]) => `(${of}){$string($): ${value}}`),
        fc.tuple(tie("expression"), tie("expression")).map(([of, value]) => `(${of}).{"a": ${value}}`),
        fc.tuple(lists, tie("expression")).map(([of, value]) => `${of}#$i.{"a": [$i, ${value}]}`),
        fc.tuple(lists, tie("expression")).map(([of, value]) => `${of}@$e.{"a": [$e, ${value}]}`),
        fc.tuple(lists, tie("expression")).map(([of, value]) => `${of}#$i{"a": ${value}}`),
        tie("expression").map((of) => `(${of})[]`),
        lists.map((of) => `${of}[]`),
        fc.tuple(lists, tie("expression")).map(([of, filter]) => `${of}[][${filter}]`),
        fc
          .tuple(lists, tie("expression"))
          .map(([of, value]) => `$map(${of}, function($m) { $m{"a": ${value}} })`),
        fc.tuple(lists, tie("expression")).map(([of, value]) => `($l := ${of}; [$l{"a": ${value}}, $l])`),
        fc.tuple(tie("expression"), tie("expression")).map((parts) => `[${parts.join(", ")}]`),
        fc.tuple(lists, tie("expression")).map((lists) => `$append(${lists.join(", ")})`),
        fc.tuple(lists, lists).map(([of, by]) => `${of}^(${by})`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        if (checkExpression(text).length > 0) return;
        const [ours, plain, isAsBefore] = await both(text);
        if (!isAsBefore) changed++;
        // What jsonata writes into a list, other parts of the expression see or not: it depends on which begins first.
        if (!isAsBefore) return;
        compared++;
        // Which of several faults is told depends on which part is the first to have one.
        if ("code" in ours && "code" in plain) return;
        expect(ours).toEqual(plain);
      }),
      { numRuns: 2_000 },
    );
    expect(compared).toBeGreaterThan(700);
    expect(changed).toBeGreaterThan(200);
  });

  it("and so is what sets names in lists, objects and groups, wherever that is allowed", async () => {
    let compared = 0;
    const { expression } = fc.letrec<{ expression: string; set: string }>((tie) => ({
      set: fc.tuple(fc.constantFrom("$x", "$y"), tie("expression")).map(([name, to]) => `${name} := ${to}`),
      expression: fc.oneof(
        { maxDepth: 5, withCrossShrink: true },
        {
          weight: 4,
          arbitrary: fc.constantFrom("$x", "$y", "name", "missing", "amount", "tags", "town", '"t"'),
        },
        {
          weight: 3,
          arbitrary: fc.tuple(tie("set"), tie("expression")).map(([set, of]) => `(${set}; ${of})`),
        },
        // Bare: mostly refused inside of others, and compared where it is not.
        fc.tuple(tie("set"), tie("expression")).map(([set, of]) => `[${set}, ${of}]`),
        fc.tuple(tie("set"), tie("expression")).map(([set, of]) => `($append(${set}, ${of}))`),
        fc.tuple(tie("set"), tie("expression")).map(([set, of]) => `(yes ? ${set} : 1; ${of})`),
        fc.tuple(tie("set"), tie("expression")).map(([set, of]) => `(addresses[${set}]; ${of})`),
        fc.tuple(tie("expression"), tie("expression")).map((parts) => `[${parts.join(", ")}]`),
        fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `{"a": ${a}, "b": ${b}}`),
        fc
          .tuple(tie("expression"), tie("expression"))
          .map(([a, b]) => `addresses{town: ${a}, town & "2": ${b}}`),
        fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `addresses#$i{town: ${a}, "z": ${b}}`),
        fc.tuple(tie("expression"), tie("expression")).map(([a, b]) => `$string(${a}) & $string(${b})`),
      ),
    }));
    await fc.assert(
      fc.asyncProperty(expression, async (text) => {
        const whole = `($x := "outer"; $y := [1]; [${text}, $x, $y])`;
        if (checkExpression(whole).length > 0) return;
        compared++;
        const [ours, plain] = await both(whole);
        // Which of several faults is told depends on which part is the first to have one.
        if ("code" in ours && "code" in plain) return;
        expect(ours).toEqual(plain);
      }),
      { numRuns: 1_500 },
    );
    expect(compared).toBeGreaterThan(300);
  });
});
