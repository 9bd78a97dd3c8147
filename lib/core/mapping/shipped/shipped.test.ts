import { describe, expect, it } from "vitest";
import { toIsoCountry } from "../functions/country";
import { defaultValueMaps } from "../defaults/defaults";
import { valueMapNameSchema, valueMapSchema } from "../document";

const valueOf = (name: string, code: string) => defaultValueMaps[name]?.values[code];

describe("the value maps that a connection starts with", () => {
  it.each(Object.entries(defaultValueMaps))("%s may be stored under its name", (name, map) => {
    expect(valueMapNameSchema.parse(name)).toBe(name);
    expect(valueMapSchema.parse(map)).toEqual(map);
  });

  it("know countries by their names in five languages, and by their codes", () => {
    const names = ["Switzerland", "Suisse", "Schweiz", "Svizzera", "Suiza", "CH"];
    expect(names.map((name) => valueOf("countries", name))).toEqual(names.map(() => "CH"));
    expect(["Côte d’Ivoire", "Côte d'Ivoire", "Turkey"].map((name) => valueOf("countries", name))).toEqual([
      "CI",
      "CI",
      "TR",
    ]);
  });

  it("give countries that the mapping language knows, each of them", () => {
    const codes = new Set(Object.values(defaultValueMaps["countries"]?.values ?? {}));
    expect(codes.size).toBe(249);
    for (const code of codes) expect(toIsoCountry(String(code))).toBe(code);
  });

  it("know languages, currencies both ways, and the types of orders", () => {
    expect(["fr", "de", "rm"].map((code) => valueOf("languages", code))).toEqual([
      "French",
      "German",
      "Romansh",
    ]);
    expect(Object.keys(defaultValueMaps["languages"]?.values ?? {})).toHaveLength(183);
    expect(["EUR", "CHF", "CAD"].map((code) => valueOf("currency-symbols", code))).toEqual([
      "€",
      "CHF",
      "CA$",
    ]);
    expect(["€", "CHF", "CA$", "EUR"].map((code) => valueOf("currencies", code))).toEqual([
      "EUR",
      "CHF",
      "CAD",
      "EUR",
    ]);
    expect(valueOf("order-types", "REFUND_CLIENT")).toBe("Refund to client");
  });

  it("give percentages as numbers, so that they fit fields for numbers", () => {
    for (const name of ["discounts", "taxes"])
      for (const value of Object.values(defaultValueMaps[name]?.values ?? {}))
        expect(value).toBeTypeOf("number");
    expect(valueOf("discounts", "Invitation")).toBe(100);
  });

  it("have one currency for each symbol, so that lines with them can go both ways", () => {
    const symbols = Object.values(defaultValueMaps["currency-symbols"]?.values ?? {});
    expect(new Set(symbols).size).toBe(symbols.length);
  });
});
