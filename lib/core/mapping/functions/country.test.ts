import { getCountries } from "libphonenumber-js";
import { expect, it } from "vitest";
import { isoCountryFrom } from "./country";

it("a country's name stands for one country, whatever the language", () => {
  for (const language of ["en", "fr", "de", "it", "es"]) {
    const names = new Intl.DisplayNames([language], { type: "region" });
    for (const country of getCountries().filter((code) => /^(?!AC|TA|XK)/.test(code))) {
      const name = names.of(country) ?? country;
      expect([language, name, isoCountryFrom(name)]).toEqual([language, name, country]);
      expect(isoCountryFrom(country)).toBe(country);
    }
  }
});
