import { describe, expect, it } from "vitest";
import type { Contact } from "../../contact-side";
import { after, left, problem } from "./test-put-back";

describe("$phone", () => {
  const expression = "$phone(a.phone)";

  it.each([
    ["+41 79 123 45 67", "41 / 0791234567"],
    ["+41791234567", "41 / 0791234567"],
    ["0041 79 123 45 67", "41 / 0791234567"],
    ["+41 (0)79 123 45 67", "41 / 0791234567"],
    ["+33 1 40 15 80 00", "33 / 0140158000"],
    ["+39 02 1234 5678", "39 / 0212345678"],
    ["+45 32 12 34 56", "45 / 32123456"],
    ["(+1) 212-555-1234", "1 / 2125551234"],
  ])("keeps %s as %s", async (typed, stored) => {
    expect(await after({ a: { phone: "44 / 02071234567" } }, expression, typed, { type: "phone" })).toEqual({
      a: { phone: stored },
    });
  });

  it("leaves a number that is only spaced otherwise", async () => {
    const contact = { a: { phone: "41 / 079 123 45 67" } };
    expect(await after(contact, expression, "+41 (0)79 123 45 67", { type: "phone" })).toBe(contact);
  });

  it.each(["079 123 45 67", "+41 79 12", "call me"])("asks for the country prefix of %s", async (typed) => {
    expect(await problem({ a: {} }, expression, typed, { type: "phone" })).toBe(
      "not_expressible Any__c: Any (Any__c): Write the number with its country prefix, such as +41 79 123 45 67.",
    );
  });

  it("drops no extension silently", async () => {
    expect(await problem({}, expression, "+41 79 123 45 67 ext. 5", { type: "phone" })).toMatch(
      /no extension \(5\)/,
    );
  });
});

describe("$country", () => {
  const expression = "$country(a.countryCode)";

  it.each([
    ["CH", "CH"],
    ["gb", "GB"],
    ["Switzerland", "CH"],
    ["suisse", "CH"],
    ["Schweiz", "CH"],
    ["Svizzera", "CH"],
    ["Suiza", "CH"],
  ])("takes %s for %s", async (typed, code) => {
    expect(await after({ a: { countryCode: "FR" } }, expression, typed)).toEqual({
      a: { countryCode: code },
    });
  });

  it("leaves a code that is only written out in Salesforce", async () => {
    const contact = { a: { countryCode: "ch" } };
    expect(await after(contact, expression, "Schweiz")).toBe(contact);
  });

  it("mends no mistakes", async () => {
    expect(await problem({ a: {} }, expression, "UK")).toBe(
      'invalid_value Any__c: Any (Any__c): "UK" is not an ISO country code of two letters; did you mean GB? ' +
        "Correct it in Salesforce.",
    );
    expect(await problem({ a: {} }, expression, "Atlantis")).toMatch(/"Atlantis" is not an ISO country code/);
  });
});

describe("$valueMap", () => {
  const expression = '$valueMap("titles", a.title)';
  const values = { MR: "Mr.", MRS: "Mrs.", MISS: "Ms.", LADIES: "Ms.", UNDEFINED: "None" };
  const mr = { a: { title: "MR" } };

  it("writes the one code that stands for the value", async () => {
    expect(await after(mr, expression, "Mrs.", { values })).toEqual({ a: { title: "MRS" } });
    expect(await after({ a: { title: "UNDEFINED" } }, expression, "Mrs.", { values })).toEqual({
      a: { title: "MRS" },
    });
  });

  it("leaves the code where none or several stand for the value, and says so", async () => {
    expect(await left(mr, expression, "Dr.", { values })).toBe(
      'Any__c: Any (Any__c): No code of the value map "titles" stands for "Dr.". S-360 keeps "MR".',
    );
    expect(await left(mr, expression, "Ms.", { values })).toMatch(
      /Several codes .*: MISS, LADIES\. S-360 keeps "MR"/,
    );
  });

  it("leaves the code S-360 has when it stands for the same value", async () => {
    const ladies = { a: { title: "LADIES" } };
    expect(await after(ladies, expression, "Ms.", { values })).toBe(ladies);
    const unlisted = { a: { title: "CAPTAIN" } };
    const otherwise = { default: "Mr." };
    expect(await after(unlisted, expression, "Mr.", { values, otherwise })).toBe(unlisted);
  });

  it("never writes UNDEFINED over another title", async () => {
    expect(await left(mr, expression, "None", { values })).toMatch(/UNDEFINED, which never takes the place/);
    expect(await after({}, expression, "None", { values })).toEqual({ a: { title: "UNDEFINED" } });
  });

  it("clears a code that stood for something, not one Salesforce was never told", async () => {
    expect(await after(mr, expression, null, { values })).toEqual({ a: { title: null } });
    expect(await left({ a: { title: "CAPTAIN" } }, expression, null, { values })).toMatch(
      /says nothing of the code/,
    );
    expect(await after(mr, expression, null, { values: { MR: "Mr.", NONE: null } })).toEqual({
      a: { title: "NONE" },
    });
  });

  it("does not clear a code whose rule said nothing to Salesforce, whatever the rule for others", async () => {
    const sir = { a: { title: "SIR" } };
    const map = { values, otherwise: { default: "None" } };
    for (const rule of ["leave", "hold"] as const) {
      const known = { ...map, rules: { SIR: rule } };
      expect(await left(sir, expression, null, known)).toMatch(/says nothing of the code/);
      expect(await after(sir, expression, "Mrs.", known)).toEqual({ a: { title: "MRS" } });
    }
    const asOthers = { ...map, rules: { SIR: "otherwise" as const } };
    expect(await after(sir, expression, null, asOthers)).toEqual({ a: { title: null } });
  });

  it("serves yes and no, which are never cleared", async () => {
    const options = { values: { Y: true, N: false }, type: "boolean" as const };
    expect(await after(mr, expression, false, options)).toEqual({ a: { title: "N" } });
    expect(await left({ a: { title: "Y" } }, expression, null, options)).toMatch(/never cleared/);
  });

  it("is refused without its value map", async () => {
    expect(await problem(mr, '$valueMap("colours", a.title)', "Mr.")).toMatch(/no value map "colours"/);
  });
});

describe("dates, amounts, yes and no", () => {
  it("writes the local midnight of a day, as S-360 sends it", async () => {
    const birthday = { individualContact: { birthday: "1980-04-24T23:00:00.000+00:00" } };
    const put1 = (day: string, timeZone: string): Promise<Contact> =>
      after(birthday, "individualContact.birthday", day, { type: "date", timeZone });
    const of = (instant: string): Contact => ({ individualContact: { birthday: instant } });
    expect(await put1("1984-05-17", "Europe/Zurich")).toEqual(of("1984-05-16T22:00:00.000+00:00"));
    expect(await put1("1984-01-17", "Europe/Zurich")).toEqual(of("1984-01-16T23:00:00.000+00:00"));
    expect(await put1("1984-01-17", "America/New_York")).toEqual(of("1984-01-17T05:00:00.000+00:00"));
    // Clocks went from 0:00 to 1:00 in São Paulo that day.
    expect(await put1("2018-11-04", "America/Sao_Paulo")).toEqual(of("2018-11-04T03:00:00.000+00:00"));
  });

  it("leaves any moment of the same day", async () => {
    const contact = { a: { birthday: "1980-04-25T10:30:00.000+00:00" } };
    expect(await after(contact, "a.birthday", "1980-04-25", { type: "date" })).toBe(contact);
  });

  it("keeps a day a day", async () => {
    const day = { a: { birthday: "1980-04-25" } };
    for (const expression of ["a.birthday", "$date(a.birthday)"]) {
      expect(await after(day, expression, "1980-04-26", { type: "date" })).toEqual({
        a: { birthday: "1980-04-26" },
      });
    }
  });

  it("writes moments in UTC", async () => {
    for (const expression of ["a.at", "$dateTime(a.at)"]) {
      expect(await after({}, expression, "2024-03-02T09:15:04.000Z", { type: "datetime" })).toEqual({
        a: { at: "2024-03-02T09:15:04.000+00:00" },
      });
    }
  });

  it("writes amounts in thousandths", async () => {
    const options = { type: "number" as const };
    expect(await after({ a: { sum: 1000 } }, "$money(a.sum)", 482.05, options)).toEqual({
      a: { sum: 482050 },
    });
    expect(await problem({}, "$money(a.sum)", 0.0001, options)).toMatch(/three digits after the point/);
    expect(await problem({}, "$money(a.sum)", "much", options)).toMatch(/^invalid_value .*not an amount/);
  });

  it("writes numbers as S-360 has them: as texts where it has texts", async () => {
    const options = { type: "number" as const };
    expect(await after({ a: { weight: "7,5" } }, "$toNumber(a.weight)", 8.25, options)).toEqual({
      a: { weight: "8.25" },
    });
    expect(await after({ a: { weight: 7 } }, "$toNumber(a.weight)", 8, options)).toEqual({
      a: { weight: 8 },
    });
    expect(await after({ a: { weight: 7 } }, "$toNumber(a.weight)", "8.5")).toEqual({ a: { weight: 8.5 } });
    expect(await problem({}, "$toNumber(a.weight)", "much", options)).toMatch(
      /^invalid_value .*not a number/,
    );
  });

  it("turns yes and no round, and never clears them", async () => {
    const options = { type: "boolean" as const };
    const yes = { a: { allowed: true } };
    expect(await after(yes, "$opposite(a.allowed)", true, options)).toEqual({ a: { allowed: false } });
    expect(await left(yes, "$opposite(a.allowed)", null, options)).toBe(
      "Any__c: Any (Any__c): A yes or no is never cleared in S-360.",
    );
    expect(await left(yes, "a.allowed", null, options)).toMatch(/never cleared/);
    expect(await problem(yes, "a.allowed", "maybe", options)).toMatch(/^invalid_value .*neither yes nor no/);
  });

  it.each([
    ["date", "soon", /not a date/],
    ["datetime", "soon", /not a date and time/],
    ["number", "many", /not a number/],
  ] as const)("refuses what no %s is", async (type, value, sentence) => {
    expect(await problem({}, "a.b", value, { type })).toMatch(sentence);
  });
});
