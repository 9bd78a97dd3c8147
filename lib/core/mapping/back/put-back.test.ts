import { describe, expect, it } from "vitest";
import { putBack } from "./put-back";
import { after, problem, put, putContext, twoWayLine } from "./test-put-back";

describe("a path", () => {
  const contact = {
    contactNumber: "1",
    individualContact: { title: "MR", individualFirstName: "Ada" },
    addresses: [],
  };

  it("is changed in a copy that shares everything else", async () => {
    const answer = await put(contact, "individualContact.individualFirstName", "Eve");
    expect(answer.contact).toEqual({
      ...contact,
      individualContact: { title: "MR", individualFirstName: "Eve" },
    });
    expect(answer.contact["addresses"]).toBe(contact.addresses);
    expect(answer.sections).toEqual(["individualContact"]);
    expect(contact.individualContact.individualFirstName).toBe("Ada");
  });

  it("becomes null when the field was emptied", async () => {
    const cleared = await after(contact, "individualContact.individualFirstName", null);
    expect(cleared["individualContact"]).toEqual({ title: "MR", individualFirstName: null });
  });

  it("gives back the contact itself when it holds the value, or nothing is to be cleared", async () => {
    expect(await after(contact, "individualContact.individualFirstName", "Ada")).toBe(contact);
    expect(await after(contact, "individualContact.language", null)).toBe(contact);
    expect(await after({}, "individualContact.language", null)).toEqual({});
  });

  it.each([{}, { individualContact: null }])("makes the group that is missing from %j", async (before) => {
    const filled = await after(before, "individualContact.language", "fr");
    expect(filled).toEqual({ individualContact: { language: "fr" } });
  });

  it("keeps the type S-360 has there", async () => {
    expect(await after({ a: { size: 12 } }, "a.size", "15")).toEqual({ a: { size: 15 } });
    expect(await after({ a: { size: 12 } }, "a.size", "015")).toEqual({ a: { size: "015" } });
    expect(await after({ a: { size: "12" } }, "a.size", 15, { type: "number" })).toEqual({
      a: { size: "15" },
    });
    expect(await after({ a: {} }, "a.size", 1.5, { type: "number" })).toEqual({ a: { size: 1.5 } });
    expect(await after({ a: { vip: "false" } }, "a.vip", true, { type: "boolean" })).toEqual({
      a: { vip: "true" },
    });
    expect(await after({ a: {} }, "a.vip", false, { type: "boolean" })).toEqual({ a: { vip: false } });
  });

  it("is refused where S-360 holds something else on the way, or a list in the place of a value", async () => {
    expect(await problem({ a: "text" }, "a.b", "x")).toMatch(/^not_expressible Any__c: .*another structure/);
    expect(await problem({ a: { b: ["x", "y"] } }, "a.b", "z")).toMatch(
      /^not_expressible.*a list or a group/,
    );
    expect(await problem({ a: [[{ b: "x" }]] }, "a[0].b", "z")).toMatch(/another structure/);
    expect(await problem({ addresses: { main: false } }, "addresses[main][0].town", "x")).toMatch(
      /another structure/,
    );
  });

  it("does not cut what S-360 holds in full", async () => {
    const line = twoWayLine("a.b", "text", { tooLong: "cut" });
    const cuts = { ...line, field: { ...line.field, length: 4 } };
    const long = { a: { b: "longer" } };
    expect((await putBack(long, [{ line: cuts, value: "long" }], putContext)).contact).toBe(long);
    const changed = await putBack(long, [{ line: cuts, value: "new" }], putContext);
    expect(changed.contact).toEqual({ a: { b: "new" } });
  });
});

describe("an element of a list", () => {
  const home = { contactAddressId: 1, main: false, town: "Bern" };
  const work = { contactAddressId: 2, main: true, town: "Genève", zipCode: "1200" };

  it("is found by its flag, and its neighbours and ids stay", async () => {
    const contact = await after({ addresses: [home, work] }, "addresses[main][0].town", "Basel");
    expect(contact).toEqual({ addresses: [home, { ...work, town: "Basel" }] });
    expect((contact["addresses"] as unknown[])[0]).toBe(home);
  });

  it("is the first of several that carry the flag, as on the way to Salesforce", async () => {
    const other = { ...work, contactAddressId: 3 };
    expect(await after({ addresses: [work, other] }, "addresses[main][0].town", "Basel")).toEqual({
      addresses: [{ ...work, town: "Basel" }, other],
    });
  });

  it.each([{}, { addresses: null }, { addresses: [] }])("is added with its flag to %j", async (contact) => {
    expect(await after(contact, "addresses[main][0].town", "Basel")).toEqual({
      addresses: [{ main: true, town: "Basel" }],
    });
    expect(await after(contact, "addresses[main][0].town", null)).toBe(contact);
  });

  it("is added with its codes after the others", async () => {
    const sms = { authorizationCode: "SMS", allowed: true };
    const expression = `$opposite(authorizations[authorizationCode='EMAIL' and channel="web"][0].allowed)`;
    expect(await after({ authorizations: [sms] }, expression, true, { type: "boolean" })).toEqual({
      authorizations: [sms, { authorizationCode: "EMAIL", channel: "web", allowed: false }],
    });
  });

  it("is added for the sake of its flag alone", async () => {
    const flagged = await after({ addresses: [home] }, "addresses[main][0].main", true, { type: "boolean" });
    expect(flagged).toEqual({ addresses: [home, { main: true }] });
  });

  it("is shared by all lines that choose it, also when it is new", async () => {
    const changes = [
      {
        line: twoWayLine("$lines(addresses[main][0].street1, addresses[main][0].street2)"),
        value: "Rue 1\nBat. B",
      },
      { line: twoWayLine("addresses[main][0].town"), value: "Basel" },
      { line: twoWayLine("addresses[main][0].zipCode"), value: null },
      { line: twoWayLine("$country(addresses[main][0].countryCode)"), value: "CH" },
    ];
    const { contact, problems } = await putBack({ addresses: [home] }, changes, putContext);
    expect(problems).toEqual([]);
    expect(contact["addresses"]).toEqual([
      home,
      { main: true, street1: "Rue 1", street2: "Bat. B", town: "Basel", countryCode: "CH" },
    ]);
  });

  it("is a single one where S-360 sends no list", async () => {
    expect(await after({ addresses: work }, "addresses[main][0].town", "Basel")).toEqual({
      addresses: { ...work, town: "Basel" },
    });
  });

  it("is the first one for [0]", async () => {
    expect(await after({ a: [{ b: "x" }, { b: "y" }] }, "a[0].b", "z")).toEqual({
      a: [{ b: "z" }, { b: "y" }],
    });
    expect(await after({ a: [] }, "a[0].b", "z")).toEqual({ a: [{ b: "z" }] });
    expect(await problem({ a: [null, { b: "y" }] }, "a[0].b", "z")).toMatch(/another structure/);
  });

  it("is found within an element of another list", async () => {
    const expression = 'a[main][0].b[k="x"][0].c';
    const before = {
      a: [
        {
          main: true,
          b: [
            { k: "x", c: "1" },
            { k: "y", c: "2" },
          ],
        },
      ],
    };
    expect(await after(before, expression, "3")).toEqual({
      a: [
        {
          main: true,
          b: [
            { k: "x", c: "3" },
            { k: "y", c: "2" },
          ],
        },
      ],
    });
    expect(await after({}, expression, "3")).toEqual({ a: [{ main: true, b: [{ k: "x", c: "3" }] }] });
  });
});

describe("$first", () => {
  const expression = "$first(communicationMeans.email)";

  it("changes the element it takes the value from", async () => {
    const means = [
      { communicationMeanId: 1, email: " " },
      { communicationMeanId: 2, email: "a@x.ch" },
    ];
    expect(await after({ communicationMeans: means }, expression, "b@x.ch")).toEqual({
      communicationMeans: [means[0], { communicationMeanId: 2, email: "b@x.ch" }],
    });
  });

  it("is what every path does that finds several", async () => {
    const means = [{ email: "" }, { email: "a@x.ch" }];
    expect(await after({ communicationMeans: means }, "communicationMeans.email", "b@x.ch")).toEqual({
      communicationMeans: [means[0], { email: "b@x.ch" }],
    });
  });

  it("fills the first element when none has a value, or adds one", async () => {
    const means = [{ communicationMeanId: 1, phone: "1" }, { communicationMeanId: 2 }];
    expect(await after({ communicationMeans: means }, expression, "b@x.ch")).toEqual({
      communicationMeans: [{ ...means[0], email: "b@x.ch" }, means[1]],
    });
    for (const empty of [{}, { communicationMeans: null }, { communicationMeans: [] }]) {
      expect(await after(empty, expression, "b@x.ch")).toEqual({ communicationMeans: [{ email: "b@x.ch" }] });
    }
    expect(await after({}, "$first(means.email)", "b@x.ch")).toEqual({ means: [{ email: "b@x.ch" }] });
  });

  it("cannot be emptied while a second value waits behind the first", async () => {
    const means = [{ email: "a@x.ch" }, { email: "b@x.ch" }];
    expect(await problem({ communicationMeans: means }, expression, null)).toBe(
      "not_expressible Any__c: Any (Any__c): S-360 cannot hold an empty field here: " +
        '"b@x.ch" would come back. Correct it in Salesforce or in S-360.',
    );
    expect(await after({ communicationMeans: means.slice(1) }, expression, null)).toEqual({
      communicationMeans: [{ email: null }],
    });
  });
});

describe("several lines", () => {
  it("over one value that want different things are a problem, and nothing is put", async () => {
    const contact = { a: { b: "x" } };
    const changes = ["y", "z"].map((value) => ({ line: twoWayLine("a.b"), value }));
    const answer = await putBack(contact, changes, putContext);
    expect(answer.contact).toBe(contact);
    expect(answer.problems.map(({ fault }) => fault.sentence)).toEqual([
      'Any (Any__c): S-360 cannot hold "y" here: "z" would come back. Correct it in Salesforce or in S-360.',
    ]);
  });

  it("put nothing when one of them has a problem, and tell each problem", async () => {
    const changes = [
      { line: twoWayLine("a.b"), value: "y" },
      { line: twoWayLine("$phone(a.p)", "phone"), value: "079" },
      { line: twoWayLine("$country(a.c)"), value: "UK" },
    ];
    const answer = await putBack({ a: { b: "x" } }, changes, putContext);
    expect(answer).toMatchObject({ contact: { a: { b: "x" } }, sections: [] });
    expect(answer.problems.map(({ fault }) => fault.code)).toEqual(["not_expressible", "invalid_value"]);
  });

  it("that cannot go back say why", async () => {
    expect(await problem({ a: "x" }, "$uppercase(a)", "Y")).toMatch(/^not_expressible .*\$uppercase/);
    const line = { ...twoWayLine("a.b"), inverse: undefined };
    expect((await putBack({}, [{ line, value: "x" }], putContext)).problems).toMatchObject([
      { fault: { sentence: "Any (Any__c): This line goes from S-360 to Salesforce only." } },
    ]);
  });

  it("that forward evaluation refuses are held with its sentence", async () => {
    expect(await problem({ a: { b: "x@y.ch" } }, "a.b", "not an e-mail", { type: "email" })).toMatch(
      /^invalid_value .*S-360 cannot hold "not an e-mail" here\. E-mail "not an e-mail" is not valid\./,
    );
  });
});
