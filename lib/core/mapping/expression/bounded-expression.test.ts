import { describe, expect, it } from "vitest";
import { boundExpression } from "./bounded-expression";
import { MappingSignal } from "../signal";

const context = { valueMaps: {}, timeZone: "UTC" };

/** A clock by work, the same on each machine: every look at it is a fiftieth of a millisecond. */
function clockOfLooks(): () => number {
  let looks = 0;
  return () => looks++ / 50;
}

function run(text: string, source: unknown = {}): Promise<unknown> {
  const made = boundExpression(text);
  if (!made.ok) throw new Error(made.problems.map(({ sentence }) => sentence).join(" "));
  return made.bounded.run(source, { ...context, now: clockOfLooks() });
}

/** Fails with an error of the expression, not of the process. */
async function stopped(text: string, source?: unknown): Promise<string> {
  const error: unknown = await run(text, source).then(
    (result) => expect.fail(`it ran and gave ${typeof result}`),
    (thrown: unknown) => thrown,
  );
  return error instanceof MappingSignal ? error.sentence : String((error as { code?: string }).code);
}

const doubled = (times: number, start: string, step: string): string =>
  `(${start}; ${Array.from({ length: times }, () => step).join("; ")}; $a)`;

describe("an expression cannot take the process down", () => {
  it("with one huge text", async () => {
    expect(await stopped('$length($pad("x", 500000000))')).toMatch(/100000 characters/);
    expect(await stopped('$pad("x", -500000000)')).toMatch(/100000 characters/);
  });

  it("with a text that doubles", async () => {
    expect(await stopped(doubled(40, '$a := "x"', "$a := $a & $a"))).toMatch(/100000 characters/);
    expect(await stopped(`("x")${".($ & $)".repeat(40)}`)).toMatch(/100000 characters/);
    const forty = JSON.stringify(Array.from({ length: 40 }, () => "x"));
    expect(await stopped(`$length($reduce(${forty}, function($a, $b) { $a & $a }))`)).toMatch(
      /100000 characters/,
    );
  });

  it("with a text joined, replaced or written out", async () => {
    const long = { a: Array.from({ length: 20 }, () => "x".repeat(90_000)), b: "x".repeat(90_000) };
    expect(await stopped("$join(a)", long)).toMatch(/100000 characters/);
    expect(await stopped("$string(a)", long)).toMatch(/100000 characters/);
    expect(await stopped('$replace(b, "x", b)', long)).toMatch(/100000 characters/);
    expect(await stopped("$replace(b, /x/, b)", long)).toMatch(/100000 characters/);
  });

  it("with objects whose parts are shared over and over", async () => {
    const object = doubled(60, '$a := {"x": 1}', '$a := {"l": $a, "r": $a}');
    expect(await stopped(object)).toMatch(/too large/);
    expect(await stopped(`$string(${object})`)).toMatch(/too large/);
    expect(await stopped(doubled(60, "$a := [1]", "$a := [[$a], [$a]]"))).toMatch(/too large/);
  });

  it("with lists that grow", async () => {
    expect(await stopped(doubled(30, "$a := [1, 2]", "$a := $append($a, $a)"))).toMatch(/D2015|too large/);
    const source = { a: Array.from({ length: 500 }, (_, id) => ({ id })) };
    expect(await stopped("$$.a@$x.$$.a@$y.$$.a@$z.($x.id + $y.id + $z.id)", source)).toMatch(/D2015|D1012/);
  });

  it("with a long list of wide objects compared with itself", async () => {
    const wide = Object.fromEntries(Array.from({ length: 150 }, (_, id) => [`k${id}`, 1]));
    const source = { a: Array.from({ length: 150 }, (_, id) => ({ ...wide, id })) };
    expect(await run("$count($distinct(a))", source)).toBe(150);
  });

  it("with two values of shared parts that are compared", async () => {
    const tree = (name: string) =>
      `$${name}0 := {}; ` +
      Array.from({ length: 14 }, (_, n) => `$${name}${n + 1} := {"": $${name}${n}, "1": $${name}${n}}`).join(
        "; ",
      );
    for (const sign of ["=", "!="])
      expect(await stopped(`(${tree("l")}; ${tree("m")}; $l14 ${sign} $m14)`)).toMatch(
        /compared is too large/,
      );
    expect(await run(`(${tree("l")}; $l12 = "text")`)).toBe(false);
    expect(await stopped(`(${tree("l")}; $l13 & "")`)).toMatch(/100000 characters/);
    expect(await stopped(`(${tree("l")}; $count($distinct([$l14, $l13])))`)).toMatch(/compared is too large/);
  });

  it("with objects of very many members", async () => {
    const members = (length: number) => Object.fromEntries(Array.from({ length }, (_, n) => [`k${n}`, [n]]));
    const source = { many: members(10_001), some: members(2_000) };
    for (const text of ["$each(many, $string)", "$sift(many, $exists)", "$spread(many)", "many.*"])
      expect(await stopped(text, source), text).toMatch(/too large/);
    expect(await run("$count(some.*)", source)).toBe(2_000);
    expect(await stopped("$count(lists.*)", { lists: members(9_000) })).toMatch(/too large/);
  });

  it("with one long list copied for each of many empty ones, also where it is a list of lists", async () => {
    const after = (list: unknown[], length: number) => ({
      a: { list, ...Object.fromEntries(Array.from({ length }, (_, n) => [`k${n}`, []])) },
    });
    const ones = Array.from({ length: 9_900 }, () => 1);
    for (const list of [ones, [ones], [[ones.slice(0, 5_000)], [ones.slice(0, 4_900)]]])
      expect(await stopped("$count(a.*)", after(list, 9_989))).toMatch(/too large/);
    expect(await run("$count(a.*)", after([ones], 900))).toBe(9_900);
    expect(await stopped("$count(a.*)", after([ones, ones], 9_989))).toBe("D2015");
  });

  it("with lists put together side by side", async () => {
    const fifty = Array(50).fill("$a").join();
    const lists = `$a := $split($pad("", 100000, "a"), "")`;
    expect(await stopped(`(${lists}; $zip(${fifty}))`)).toMatch(/lists are too long/);
    expect(await stopped(`(${lists}; $joinParts(",", ${fifty}))`)).toMatch(/lists are too long/);
    expect(await stopped(`(${lists}; $zip($a))`)).toMatch(/lists are too long/);
    expect(
      await run(`(${lists}; $count($zip($split($substring($a[0] & $pad("", 19999), 0, 20000), ""))))`),
    ).toBe(20_000);
  });

  it("with a long list spread out", async () => {
    const source = { a: Array.from({ length: 9_000 }, (_, id) => ({ id })) };
    expect(await run("$count($spread(a))", source)).toBe(9_000);
    expect(await stopped("$count($spread([a, a]))", source)).toBe("D2015");
  });

  it("with a text padded by a long one", async () => {
    expect(await run('$length($pad("", 99999, $pad("", 5000, "ab")))')).toBe(99_999);
  });

  it("with a replacement that looks into each match over and over", async () => {
    expect(await stopped('$replace($pad("", 99, "x"), /x/, $pad("", 100000, "$"))')).toMatch(
      /100000 characters/,
    );
  });

  it("with thousands of groups at once: one after the other they are in time or out of it", async () => {
    const source = { a: Array.from({ length: 9_000 }, (_, id) => ({ t: `t${id}`, id })) };
    expect(await stopped("a{t: id}", source)).toBe("D1012");
    const some = { a: source.a.slice(0, 500) };
    expect(Object.keys((await run("a{t: id}", some)) as object)).toHaveLength(500);
    expect(await stopped('a#$i{"x": $i}', source)).toMatch(/too long to be grouped|D1012/);
  });

  it("with a function that another calls on and on", async () => {
    const source = { a: Array.from({ length: 9_000 }, (_, id) => String(id)) };
    expect(await stopped("$map(a, function($x) { $count($map($$.a, $length)) })", source)).toBe("D1012");
    const texts = { a: Array.from({ length: 9_000 }, () => " a".repeat(95)) };
    expect(await stopped("$count($map(a, $trim))", texts)).toBe("D1012");
  });

  it("with a loop that takes its time", async () => {
    const source = { a: Array.from({ length: 9_000 }, (_, id) => id) };
    expect(await stopped("$map(a, function($x) { $count($$.a[$ > $x]) })", source)).toBe("D1012");
  });

  it("with a list put in order that is long", async () => {
    const source = { a: Array.from({ length: 9_000 }, (_, id) => 9_000 - id) };
    expect(await stopped("$sort(a)", source)).toMatch(/too long to be sorted/);
  });

  it("but a list of the greatest length that is allowed is put in order", async () => {
    const source = { a: Array.from({ length: 3_000 }, (_, id) => 3_000 - id) };
    expect(await run("$sort(a)[0]", source)).toBe(1);
  });

  it("with a loop, and others have their turn again and again meanwhile, which do not count as its time", async () => {
    const bounded = boundExpression("$map(a, function($x) { $count($$.a[$ > $x]) })");
    if (!bounded.ok) throw new Error("refused");
    let turns = 0;
    const run = (length: number, othersMs: number) => {
      const looks = clockOfLooks();
      let others = 0;
      const breathe = () => {
        turns++;
        others += othersMs;
        return Promise.resolve();
      };
      const source = { a: Array.from({ length }, (_, id) => id) };
      return bounded.bounded.run(source, { ...context, breathe, now: () => looks() + others });
    };
    await expect(run(9_000, 0)).rejects.toMatchObject({ code: "D1012" });
    expect(turns).toBeGreaterThan(2);
    expect(await run(30, 150)).toHaveLength(30);
  });

  it("and what the machine does besides is not held against it, where that can be told", async () => {
    const bounded = boundExpression("$map(a, function($x) { $x + 1 })");
    if (!bounded.ok) throw new Error("refused");
    const source = { a: [1, 2, 3] };
    let seconds = 0;
    const now = () => 1_000 * seconds++;
    await expect(bounded.bounded.run(source, { ...context, now })).rejects.toMatchObject({ code: "D1012" });
    const worked = clockOfLooks();
    expect(await bounded.bounded.run(source, { ...context, now, worked })).toHaveLength(3);
  });

  it("with depth", async () => {
    const nested = (depth: number) => `${"$not(".repeat(depth)}a${")".repeat(depth)}`;
    expect(await run(nested(300), { a: 1 })).toBe(true);
    expect(() => run(nested(450))).toThrow(/More than 400 parts stand one inside the other/);
    for (const deep of [
      Array(390).fill("a").join(" & "),
      `${'a = "x" ? 1 : '.repeat(195)}2`,
      `${"(".repeat(390)}a${")".repeat(390)}`,
      `${"[".repeat(390)}a${"]".repeat(390)}`,
      `${'{"a": '.repeat(390)}a${"}".repeat(390)}`,
      `${"$map([1], function($x) { ".repeat(120)}a${" })".repeat(120)}`,
    ])
      await expect(run(deep, { a: "b" }), deep.slice(0, 30)).resolves.toBeDefined();
  });

  it("with a regular expression that backtracks", async () => {
    const text = "a".repeat(50_000) + "!";
    expect(await run("$contains(a, /^(a+)+$/)", { a: text })).toBe(false);
    expect(await run("$contains(a, /(x+x+)+y/)", { a: "x".repeat(50_000) })).toBe(false);
  });

  it("with a regular expression that starts over at each character", async () => {
    expect(await stopped('$replace(a, /a.*b|a/, "c")', { a: "a".repeat(90_000) })).toMatch(/too much work/);
  });

  it("with date pictures that backtrack or numbers written without end", async () => {
    const picture = "[Y]".repeat(10);
    expect(await stopped(`$toMillis(a, "${picture}")`, { a: "1".repeat(99) + "x" })).toMatch(/separator/);
    expect(await stopped(`$toMillis(a, "[Yw]-[M]")`, { a: "one ".repeat(24) })).toMatch(/separator/);
    expect(await stopped('$fromMillis(0, "[Y,9999999-9999999]")')).toMatch(/separator/);
    expect(await stopped('$formatInteger(100000000000, "I")')).toMatch(/too large/);
    const long = "#,".repeat(40_000) + "0";
    expect(await stopped("$formatInteger(12345678, a)", { a: long })).toMatch(/200 characters/);
    expect(await stopped("$parseInteger('1', a)", { a: long })).toMatch(/200 characters/);
    expect(await stopped("$parseInteger(a, 'w')", { a: "one and ".repeat(10_000) })).toMatch(/too long/);
  });
});

describe("an expression cannot reach what is not data", () => {
  it.each([
    "constructor",
    "__proto__",
    "a.constructor.constructor",
    "$keys($).__proto__",
    "$lookup($, 'constructor')",
  ])("%s gives nothing", async (text) => expect(await run(text, { a: {} })).toBeUndefined());

  it("no key reaches a prototype", async () => {
    await run('{"__proto__": {"polluted": 1}, "constructor": {"prototype": {"polluted": 1}}}');
    await run("$merge([a, b])", JSON.parse('{"a":{"__proto__":{"polluted":1}},"b":{}}'));
    await run('a{"__proto__": b}', { a: [{ b: { polluted: 1 } }] });
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it("the context of the functions is not a variable", () => {
    expect(boundExpression("$#context").ok).toBe(false);
    expect(boundExpression("$`#context`").ok).toBe(false);
  });
});

describe("a bound that is not met changes nothing", () => {
  it.each([
    ['$pad("x", 5, "#")', "x####"],
    ['$join(["a", "b"], "-")', "a-b"],
    ['$replace("a-b-c", "-", "+")', "a+b+c"],
    ['$replace("ab12", /([a-z]+)(\\d+)/, "$2$1")', "12ab"],
    ['$match("a1b22", /[0-9]+/).match', ["1", "22"]],
    ['$split("a, b;c", /[,;] */)', ["a", "b", "c"]],
    ['$contains("Überraschung", /^ÜBER/i)', true],
    ['$length("é🎭")', 2],
    ['$string({"a": [1, true]})', '{"a":[1,true]}'],
    ["$distinct([1, 1, 2])", [1, 2]],
    ['$map(["1", "2.5"], $number)', [1, 2.5]],
    ['$map([" a ", "b"], $trim)', ["a", "b"]],
    ["$reduce([[1], [2], [3]], $append)", [1, 2, 3]],
    ['$sort(["b", "a"], $contains)', ["b", "a"]],
    ["$formatNumber(1234.5, '#,##0.00')", "1,234.50"],
    ["$formatInteger(12, 'I')", "XII"],
    ['$toMillis("14.02.2026", "[D01].[M01].[Y0001]")', Date.UTC(2026, 1, 14)],
    ['$fromMillis(0, "[D01].[M01].[Y0001] [H01]:[m01]")', "01.01.1970 00:00"],
    ['$toMillis("1970-01-01T00:00:00Z", "[Y0001]-[M01]-[D01]T[H01]:[m01]:[s01]Z")', 0],
  ])("%s", async (text, expected) => {
    const result = await run(text);
    expect(Array.isArray(result) ? [...(result as unknown[])] : result).toEqual(expected);
  });

  it("on the source either: it is never changed", async () => {
    const source = { a: [{ b: [1, 2] }], c: { d: "x" } };
    const before = JSON.stringify(source);
    await run(
      "($x := a.b; $y := $append($x, 3); $merge([c, {'d': 'y'}]); $sort(a.b, function($l, $r) { $l < $r }))",
      source,
    );
    expect(JSON.stringify(source)).toBe(before);
  });

  it("on expressions that run side by side", async () => {
    const results = await Promise.all(
      Array.from({ length: 200 }, (_, a) => run("$string(a) & $length(b)", { a, b: "xy" })),
    );
    expect(results).toEqual(Array.from({ length: 200 }, (_, a) => `${a}2`));
  });
});
