import { describe, expect, it } from "vitest";
import { boundExpression } from "../expression/bounded-expression";
import type { ValueMapEntries } from "../document";
import { mappingFunctions, type FunctionContext } from "./functions";
import { MappingSignal } from "../signal";

const context: FunctionContext = {
  valueMaps: { titles: { values: { MR: "Mr.", NONE: null }, otherwise: "hold" } },
  timeZone: "Europe/Zurich",
};

async function run(text: string, source: unknown = {}): Promise<unknown> {
  const made = boundExpression(text);
  if (!made.ok) throw new Error(made.problems.map(({ sentence }) => sentence).join(" "));
  return made.bounded.run(source, context);
}

async function refused(text: string, source: unknown = {}): Promise<string> {
  const error: unknown = await run(text, source).catch((thrown: unknown) => thrown);
  expect(error).toBeInstanceOf(MappingSignal);
  return (error as MappingSignal).sentence;
}

it.each(mappingFunctions.map(({ name, usage, summary }) => [name, usage, summary]))(
  "$%s is documented in one line and gives nothing for nothing",
  async (name, usage, summary) => {
    expect(usage).toMatch(new RegExp(`^\\$${name}\\(`));
    expect(summary).toMatch(/^[A-Z].*\.$/);
    const call =
      name === "valueMap"
        ? '$valueMap("titles", a)'
        : name === "joinParts"
          ? '$joinParts(" ", a)'
          : `$${name}(a)`;
    expect(await run(call)).toBeUndefined();
    expect(await run(call, { a: null })).toBeUndefined();
    expect(await run(call, { a: "  " })).toBeUndefined();
    expect(await run(call, { a: [] })).toBeUndefined();
  },
);

describe("$first", () => {
  it("skips what is empty", async () => {
    expect(await run("$first(a.b)", { a: [{ b: null }, { b: " " }, {}, { b: "x" }, { b: "y" }] })).toBe("x");
    expect(await run("$first(a)", { a: 0 })).toBe(0);
    expect(await run("$first(a)", { a: false })).toBe(false);
  });
});

describe("$lines and $joinParts", () => {
  it("drop empty parts with their separator", async () => {
    expect(await run("$lines(a, b, c)", { a: "1", b: "", c: "3" })).toBe("1\n3");
    expect(await run('$joinParts(", ", a, b, c)', { a: null, b: 2, c: "3" })).toBe("2, 3");
    expect(await run('$joinParts(" ", a)', { a: ["x", null, "y"] })).toBe("x y");
  });

  it("join texts and numbers, not groups of values", async () => {
    expect(await refused("$lines(a)", { a: { b: 1 } })).toMatch(/a text or a number is needed/);
  });
});

describe("$opposite", () => {
  it("negates what is there", async () => {
    expect(await run("$opposite(a)", { a: true })).toBe(false);
    expect(await run("$opposite(a)", { a: "false" })).toBe(true);
    expect(await refused("$opposite(a)", { a: "maybe" })).toMatch(/true or false is needed, got "maybe"/);
  });
});

describe("$valueMap", () => {
  it("gives what the code stands for, null included", async () => {
    expect(await run('$valueMap("titles", a)', { a: "MR" })).toBe("Mr.");
    expect(await run('$valueMap("titles", a)', { a: "NONE" })).toBeNull();
  });

  it.each(["mr", "constructor", "__proto__", "toString"])("does not know the code %s", async (a) => {
    expect(await refused('$valueMap("titles", a)', { a })).toContain(
      `"${a}" is not in the value map "titles"`,
    );
  });

  const told: [string, string][] = [];
  const listening = (map: Partial<ValueMapEntries>): FunctionContext => ({
    timeZone: "Europe/Zurich",
    valueMaps: { titles: { values: { MR: "Mr." }, otherwise: { default: "None" }, ...map } },
    onUnseen: (...seen) => told.push(seen),
  });
  const look = async (code: string, map: Partial<ValueMapEntries> = {}) => {
    const bounded = boundExpression('$valueMap("titles", a)');
    if (!bounded.ok) throw new Error("the expression does not compile");
    return bounded.bounded.run({ a: code }, listening(map)).catch((error: unknown) => error);
  };

  it("follows the rule of a code that is known without a value", async () => {
    const rules = { DR: "leave", PROF: "hold", SIR: "otherwise" } as const;
    expect(await look("DR", { rules })).toMatchObject({ kind: "leave" });
    expect(await look("PROF", { rules })).toMatchObject({
      kind: "hold",
      code: "unknown_code",
      sentence: expect.stringContaining('holds records with the code "PROF"') as string,
    });
    expect(await look("SIR", { rules })).toBe("None");
    expect(await look("toString", { rules })).toBe("None");
  });

  it.each(["leave", "hold", { default: "None" }] as const)(
    "tells of a code that is not listed, whatever becomes of it: %j",
    async (otherwise) => {
      told.length = 0;
      for (const code of ["MR", "DR", " PROF ", ""]) await look(code, { otherwise, rules: { DR: "hold" } });
      expect(told).toEqual([["titles", "PROF"]]);
    },
  );

  it("does not know value maps that were not made", async () => {
    expect(await refused('$valueMap("constructor", a)', { a: "MR" })).toMatch(/no value map/);
  });
});

describe("$phone", () => {
  it.each([
    ["41 / 0791234567", "+41791234567"],
    ["41/791234567", "+41791234567"],
    ["33 / 0140158000", "+33140158000"],
    ["39 / 0612345678", "+390612345678"],
    ["+41 / 079 123 45 67", "+41791234567"],
    ["+41 79 123 45 67", "+41791234567"],
    ["0041791234567", "+41791234567"],
    ["1 / 2125550123", "+12125550123"],
    ["44 / 020 7946 0018", "+442079460018"],
  ])("%s is %s", async (a, expected) => expect(await run("$phone(a)", { a })).toBe(expected));

  it.each(["079 123 45 67", "41 / 12", "on request", "999 / 123456789", "41 / 07912345678901234"])(
    "%s is no phone number",
    async (a) => expect(await refused("$phone(a)", { a })).toContain(`"${a}" is not a phone number`),
  );
});

it.each([
  ["$map(a, $country)", { a: ["ch", "fr"] }, ["CH", "FR"]],
  ["$map(a, $date)", { a: ["2026-02-01T23:30:00Z", "2026-01-01"] }, ["2026-02-02", "2026-01-01"]],
  ["$map(a, $money)", { a: [1000, 2500] }, [1, 2.5]],
  ["$map(a, $percent)", { a: ["5%", 8] }, [5, 8]],
  ["$map(a, $opposite)", { a: [true, false] }, [false, true]],
  ["$map(a, $lines)", { a: [" x ", "y"] }, ["x", "y"]],
  ["$map(a, $first)", { a: [["", "x"], "y"] }, ["x", "y"]],
])("%s: handed on, a function does what it does when it is called", async (text, source, expected) => {
  expect(Array.from((await run(text, source)) as unknown[])).toEqual(expected);
});

describe("$percent", () => {
  it.each([
    [20, 20],
    ["20", 20],
    ["20%", 20],
    [" 20 % ", 20],
    ["20\u00a0%", 20],
    ["20,0", 20],
    ["7.7%", 7.7],
    ["-12,5 %", -12.5],
    ["+5", 5],
    ["005", 5],
    [0, 0],
    ["0 %", 0],
    [0.2, 0.2],
    [[null, "", "8,1%"], 8.1],
  ])("%j is %d", async (a, expected) => {
    expect(await run("$percent(a)", { a })).toBe(expected);
  });

  it.each(["reduced", "20 % off", "1'000", "1.000,0", ",5", "%", "NaN", "1e3", true])(
    "%j is none",
    async (a) => {
      expect(await refused("$percent(a)", { a })).toMatch(/is not a percentage such as 20, 20% or 7,7/);
    },
  );

  it("reads what a value map gives", async () => {
    const valueMaps = { taxes: { values: { A: "7,7%", B: 2.5, C: null }, otherwise: "leave" as const } };
    const made = boundExpression('$percent($valueMap("taxes", a))');
    if (!made.ok) throw new Error("refused");
    const { bounded } = made;
    const given = (a: string) => bounded.run({ a }, { ...context, valueMaps });
    expect(await Promise.all(["A", "B", "C"].map(given))).toEqual([7.7, 2.5, undefined]);
  });
});

describe("$country", () => {
  it("takes ISO codes of two letters in any case", async () => {
    expect(await run("$country(a)", { a: "CH" })).toBe("CH");
    expect(await run("$country(a)", { a: " gb " })).toBe("GB");
  });

  it.each([
    ["UK", "GB"],
    ["EL", "GR"],
    ["SUI", "CH"],
    ["Switzerland", "CH"],
    ["Suisse", "CH"],
    ["Österreich", "AT"],
    ["Germania", "DE"],
  ])("refuses %s and suggests %s", async (a, meant) => {
    expect(await refused("$country(a)", { a })).toBe(
      `"${a}" is not an ISO country code of two letters; did you mean ${meant}?`,
    );
  });

  it("refuses what it cannot guess", async () => {
    expect(await refused("$country(a)", { a: "ZZ" })).toBe('"ZZ" is not an ISO country code of two letters.');
  });
});

describe("$date and $dateTime", () => {
  it("use the connection's time zone", async () => {
    expect(await run("$date(a)", { a: "1980-04-24T23:00:00.000+00:00" })).toBe("1980-04-25");
    expect(await run("$dateTime(a)", { a: "2025-07-01T12:00:00" })).toBe("2025-07-01T10:00:00.000Z");
    expect(await refused("$date(a)", { a: "soon" })).toBe('"soon" is not a date.');
    expect(await refused("$dateTime(a)", { a: "2025-02-30T00:00:00Z" })).toMatch(/is not a date and time/);
  });
});

describe("$money and $moneyText", () => {
  it.each([
    [482000, 482, "482.00"],
    [120500, 120.5, "120.50"],
    [1, 0.001, "0.00"],
    [5, 0.005, "0.01"],
    [-12345, -12.345, "-12.35"],
    [-1, -0.001, "0.00"],
    [0, 0, "0.00"],
    [999_999_999_999_999, 999_999_999_999.999, "1000000000000.00"],
  ])("%d thousandths are %d, written %s", async (a, number, text) => {
    expect(await run("$money(a)", { a })).toBe(number);
    expect(await run("$moneyText(a)", { a })).toBe(text);
  });

  it.each(["12,50", "12500", 12.5, true, { b: 1 }, "90071992547409931"])("refuse %j", async (a) => {
    for (const name of ["money", "moneyText"]) {
      expect(await refused(`$${name}(a)`, { a })).toBe(
        `the amount must be a whole number of thousandths (12500 for 12.50), got ${JSON.stringify(a)}.`,
      );
    }
  });
});

describe("$pick", () => {
  it("gives the same key the same value, and spreads keys over all", async () => {
    const picked: unknown[] = [];
    for (let n = 0; n < 300; n++) {
      picked.push(await run('$pick(a, ["x", "y", "z"])', { a: `00${12000 + n}` }));
    }
    const counts = ["x", "y", "z"].map((name) => picked.filter((value) => value === name).length);
    for (const count of counts) expect(count).toBeGreaterThan(60);
    expect(await run('$pick(a, ["x", "y", "z"])', { a: "0012030" })).toBe(picked[30]);
  });
});

describe("$toNumber", () => {
  it("reads numbers as people write them", async () => {
    expect(await run("$toNumber(a)", { a: "1 234,50" })).toBe(1234.5);
    expect(await run("$toNumber(a)", { a: [null, " 7 "] })).toBe(7);
    expect(await run("$toNumber(a)", { a: 0 })).toBe(0);
  });

  it("holds what is none, or may be two", async () => {
    expect(await refused("$toNumber(a)", { a: "many" })).toBe(
      '"many" is not a number such as 12, 12.5 or 12,5.',
    );
    expect(await refused("$toNumber(a)", { a: "1,234" })).toMatch(/may be one number or a thousand times it/);
    expect(await refused("$toNumber(a)", { a: true })).toMatch(/is not a number/);
  });
});
