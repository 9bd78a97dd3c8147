import { getCountries, getExampleNumber } from "libphonenumber-js";
import examples from "libphonenumber-js/mobile/examples";
import { expect, it } from "vitest";
import { toE164, toS360Phone } from "./phone";

it("a phone number of every country is kept in a form that gives the same number again", () => {
  for (const country of getCountries()) {
    const number = getExampleNumber(country, examples)?.number ?? "";
    const phone = toS360Phone(number);
    expect([country, phone.ok]).toEqual([country, true]);
    if (!phone.ok) continue;
    expect([country, phone.stored]).toEqual([country, expect.stringMatching(/^\d{1,3} \/ \d+$/)]);
    expect([country, toE164(phone.stored), phone.e164]).toEqual([country, number, number]);
  }
});
