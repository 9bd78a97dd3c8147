import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { ConfigFileError, parseConnectionFile } from "./config-file";

const smallest = `
institution: myvenue
timeZone: Europe/Zurich
s360: { baseUrl: https://myvenue.ws.secutix.com/ }
webhooks: { contacts: none, orders: none }
salesforce:
  loginUrl: https://my.my.salesforce.com
  flow: client-credentials
  clientId: 3MVG9
  clientSecret: env:SF_SECRET
individualsAs: contact
`;

function problemsIn(yaml: string): readonly string[] {
  try {
    parseConnectionFile(yaml);
  } catch (error) {
    if (error instanceof ConfigFileError) return error.problems;
    throw error;
  }
  return [];
}

/** The smallest file with one piece of text replaced. */
function problemsWith(piece: string, replacement: string): readonly string[] {
  expect(smallest).toContain(piece);
  return problemsIn(smallest.replace(piece, replacement));
}

test("the smallest file gets the documented defaults", () => {
  expect(parseConnectionFile(smallest)).toMatchObject({
    s360: {
      baseUrl: "https://myvenue.ws.secutix.com",
      authentication: "jwt",
      callsPerMinute: 60,
      callsPerMonth: 10_000,
      assumptions: {},
      anonymised: { state: "ACCOUNT_DELETED", name: "XXXXXXXX", remark: "Contact anonymized" },
      scheduleMinutes: 15,
    },
    salesforce: { apiVersion: "66.0", callsPerMinute: 600, duplicateAlerts: "review" },
    recordTypes: {},
    account: "private",
    saleObject: "[p]SecutixSale__c",
    conflictOwner: "s360",
    contactsOut: { enabled: true, pollSeconds: 300, massLimit: 200, markCriterion: "CRM_DELETED" },
    rules: {
      in: { relay: { create: "do", update: "do" }, anonymised: "review" },
      out: { relay: { create: "ignore", update: "do", delete: "review", createWhen: "" } },
    },
    mappings: {},
    valueMaps: {},
  });
  expect(parseConnectionFile(smallest).s360.sections).toHaveLength(10);
});

test("the example of the README is valid", () => {
  const file = parseConnectionFile(readFileSync("myvenue.example.yaml", "utf8"));
  expect(file.webhooks.orders).toEqual({
    authentication: "api-key",
    header: "x-api-key",
    key: "env:ORDERS_KEY",
  });
});

test("a wrong word is answered with its path, the right ones and the line", () => {
  expect(problemsWith("flow: client-credentials", "flow: password")).toEqual([
    "salesforce.flow: must be client-credentials or jwt, got 'password' (line 8)",
  ]);
  expect(problemsWith("contacts: none", "contacts: { authentication: digest }")).toEqual([
    "webhooks.contacts.authentication: must be none, basic or api-key, got 'digest' (line 5)",
  ]);
});

test("an unknown key is named, with the one that was probably meant", () => {
  expect(problemsWith("individualsAs", "individualAs")).toEqual([
    "individualsAs: is missing; it must be person-account or contact",
    "individualAs: is not known; did you mean individualsAs? (line 11)",
  ]);
  expect(
    problemsWith("clientSecret: env:SF_SECRET", "clientSecret: env:SF_SECRET\n  password: env:X"),
  ).toEqual([
    "salesforce.password: is not known; known here: loginUrl, clientId, apiVersion, callsPerMinute, dailyCalls, duplicateAlerts, bulkFrom, flow, clientSecret, username, privateKey (line 11)",
  ]);
});

test("a key of the other flow is told to be one", () => {
  expect(problemsWith("flow: client-credentials", "flow: jwt")).toEqual([
    "salesforce.username: is missing (line 7)",
    "salesforce.privateKey: is missing (line 7)",
    "salesforce.clientSecret: does not go with flow jwt (line 10)",
  ]);
});

test("a secret in the file is refused and not repeated", () => {
  const problems = problemsWith("env:SF_SECRET", "hunter2-hunter2");
  expect(problems).toEqual([
    "salesforce.clientSecret: must be env:NAME, the environment variable that holds the secret; a secret itself does not belong in this file (line 10)",
  ]);
  const inUrl = problemsWith("https://my.my", "https://me:hunter2@my.my");
  expect(inUrl.join()).toContain("without user or password");
  expect(inUrl.join()).not.toContain("hunter2");
  expect(problemsIn(`${smallest}  bad: [\nsecret: hunter2`).join()).not.toContain("hunter2");
});

test("time zones are checked by name; offsets have no summer time", () => {
  for (const zone of ["Europe/Zürich", "+01:00", "Mars/Base"]) {
    expect(problemsWith("Europe/Zurich", `"${zone}"`)[0]).toContain(
      "timeZone: must be a time zone such as Europe/Zurich",
    );
  }
  expect(problemsWith("Europe/Zurich", "Asia/Kolkata")).toEqual([]);
});

test("only the org's own address is accepted, because Salesforce closes the shared ones", () => {
  expect(problemsWith("https://my.my.salesforce.com", "https://login.salesforce.com/")[0]).toContain(
    "(My Domain)",
  );
  expect(problemsWith("https://my.my.salesforce.com", "http://127.0.0.1:3001")).toEqual([]);
});

test("numbers that YAML makes of versions and codes are understood or explained", () => {
  expect(
    parseConnectionFile(`${smallest.replace("clientId", "apiVersion: 62.0\n  clientId")}`).salesforce
      .apiVersion,
  ).toBe("62.0");
  expect(problemsWith("institution: myvenue", "institution: 123")).toEqual([
    "institution: must be a text (in quotes if it looks like a number), got 123 (line 2)",
  ]);
});

test("policies of a line are checked like the rest", () => {
  const problems = problemsIn(`${smallest}
mappings:
  Individual to Contact:
    lines:
      FirstName: { onMissing: forget, tooLong: trim }
      "Last Name": individualContact.individualLastName
`);
  expect(problems).toEqual([
    "mappings.Individual to Contact.lines.FirstName.onMissing: must be leave, clear or a set of keys, got 'forget' (line 16)",
    "mappings.Individual to Contact.lines.FirstName.tooLong: must be hold or cut, got 'trim' (line 16)",
    "mappings.Individual to Contact.lines.Last Name: 'Last Name' cannot be a name here (line 17)",
  ]);
});

test("rules are checked word by word, and a condition must be one that may run", () => {
  const problems = problemsIn(`${smallest}
contactsOut: { pollSeconds: 1, mass: 3 }
rules:
  in: { individual: { delete: review } }
  out:
    relay: { delete: do, createWhen: "LeadSource =" }
    structures: { create: do }
`);
  expect(problems).toEqual([
    "contactsOut.pollSeconds: must be at least 5, got 1 (line 13)",
    "contactsOut.mass: is not known; known here: enabled, pollSeconds, massLimit, markCriterion (line 13)",
    "rules.in.individual.delete: is not known; known here: create, update (line 15)",
    "rules.out.relay.delete: must be mark, review, tell or ignore, got 'do' (line 17)",
    "rules.out.structures: is not known; did you mean structure? (line 18)",
  ]);
  const conditions = problemsIn(`${smallest}
rules:
  out:
    individual: { createWhen: "LeadSource =" }
    relay: { createWhen: "$now() > CreatedDate" }
    structure: { createWhen: 'Type = "Partner"' }
`);
  expect(conditions).toHaveLength(2);
  expect(conditions[0]).toMatch(/^rules\.out\.individual\.createWhen: .* \(line 15\)$/);
  expect(conditions[1]).toMatch(/^rules\.out\.relay\.createWhen: .*\$now.* \(line 16\)$/);
});

test("sales without a contact: a placeholder must be named", () => {
  const problems = problemsIn(`${smallest}
sales: { withoutContact: never, anonymous: placeholder }
`);
  expect(problems).toEqual([
    expect.stringContaining("sales.withoutContact: must be wait or unlinked, got 'never'"),
  ]);
  expect(problemsIn(`${smallest}\nsales: { anonymous: placeholder }`)).toEqual([
    expect.stringContaining("sales.placeholder: is missing; it must name an Account"),
  ]);
  expect(parseConnectionFile(smallest).sales).toEqual({
    withoutContact: "wait",
    anonymous: "unlinked",
    placeholder: "",
  });
});

test("matching rules are checked, and what is not said of them is the default", () => {
  expect(
    problemsIn(`${smallest}
matching:
  individual: { rules: [{ fields: [], compare: fuzzy }], several: first }
  structures: {}
`),
  ).toEqual([
    expect.stringContaining("matching.individual.rules.0.fields"),
    expect.stringContaining("matching.individual.rules.0.compare: must be exact or normalised, got 'fuzzy'"),
    expect.stringContaining("matching.individual.several: must be review or tell, got 'first'"),
    expect.stringContaining("matching.structures: is not known"),
  ]);
  const { matching } = parseConnectionFile(`${smallest}
matching: { individual: { rules: [] }, structure: { rules: [{ fields: [Name, BillingCountry] }] } }
`);
  expect(matching.individual.rules).toEqual([]);
  expect(matching.relay.rules).toMatchObject([{ fields: ["Email"], names: "must-fit" }]);
  expect(matching.structure.rules).toMatchObject([{ compare: "exact" }]);
});

test("assumptions are known by name, and only those given are kept", () => {
  const s360 = (assumptions: string) =>
    smallest.replace("secutix.com/ }", `secutix.com/, assumptions: { ${assumptions} } }`);
  expect(
    parseConnectionFile(s360("lists: merge, saves: sections, saveWrapper: null")).s360.assumptions,
  ).toEqual({
    lists: "merge",
    saves: "sections",
    saveWrapper: null,
  });
  expect(problemsIn(s360("saveMethod: saveContact, lists: patch"))).toEqual([
    "s360.assumptions.lists: must be replace or merge, got 'patch' (line 4)",
    expect.stringContaining("s360.assumptions.saveMethod: is not known; known here: saveIndividualMethod"),
  ]);
  expect(problemsIn(s360("searchMethod: search contact"))[0]).toMatch(
    /^s360\.assumptions\.searchMethod: must be a name of letters, digits and _/,
  );
});

test("broken YAML and an empty file are told with what is expected", () => {
  expect(problemsIn("name: [")[0]).toMatch(/^line \d+: /);
  expect(problemsIn("")).toContain("institution: is missing");
  expect(problemsIn("name: a\nname: b")[0]).toBe("line 2: The key name is there twice.");
});
