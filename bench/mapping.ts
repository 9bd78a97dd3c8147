/**
 * What a mapping costs: 25 lines of one contact, with the bounds, shaping and policies of the product, beside the same
 * expressions in plain jsonata and beside a function written by hand. Ratios are of one run, one after the other in turns.
 */
import { readFileSync, writeFileSync } from "node:fs";
import jsonata from "jsonata";
import { compileMapping } from "@/lib/core/mapping/compile";
import { defaultMappings, defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import { evaluateMapping } from "@/lib/core/mapping/evaluate";
import { registerFunctions, contextKey } from "@/lib/core/mapping/functions/functions";
import { testAccount, testField } from "@/lib/core/mapping/test-describe";

const contacts = JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as Record<
  string,
  unknown
>[];
const people = contacts.filter((contact) => contact["individualContact"] !== undefined);

/** The 17 lines of a new connection, and 8 that venues add. */
const more = [
  ["Description", "individualContact.individualFirstName"],
  ["Phone", "$phone($first(communicationMeans.phone))"],
  ["AccountNumber", "contactNumber"],
  ["Site", "addresses[main][0].town"],
  ["Industry", "role"],
  ["AccountSource", "state"],
  ["TickerSymbol", 'indicators[code="VIP"][0].value'],
  ["Website", '$joinParts(" ", individualContact.individualFirstName, individualContact.individualLastName)'],
] as const;

const [individual] = defaultMappings({
  individualsAs: "person-account",
  account: { kind: "private" },
  saleObject: "Sale__c",
});
if (!individual) throw new Error("there is no default mapping");
const lines = [
  ...individual.document.lines,
  ...more.map(([target, expression]) => lineOf({ target, expression })),
];
const known = testAccount();
const describe = {
  ...known,
  fields: [
    ...known.fields,
    ...more.flatMap(([target]) =>
      known.fields.some(({ name }) => name === target) ? [] : [testField(target, "text", 255)],
    ),
  ],
};
const compiled = compileMapping(
  { ...individual.document, lines },
  { describe, prefix: "", recordTypeId: null },
);
if (compiled.problems.length > 0) throw new Error(compiled.problems[0]?.fault.sentence);
const context = { valueMaps: defaultValueMaps, timeZone: "Europe/Zurich", selected: () => true };

const plain = lines.map(({ expression }) => {
  const parsed = jsonata(expression);
  registerFunctions(parsed);
  return parsed;
});

type Member = Record<string, unknown>;
const group = (value: unknown): Member => (value ?? {}) as Member;
const list = (value: unknown): Member[] => (value ?? []) as Member[];

/** The same fields without any promise about what may be absent. */
function byHand(contact: Member): unknown[] {
  const person = group(contact["individualContact"]);
  const addresses = list(contact["addresses"]);
  const main = group(addresses.find((address) => address["main"] === true));
  const other = group(
    addresses.find((address) => address["main"] !== true && address["shippingAddress"] === true),
  );
  const means = list(contact["communicationMeans"]);
  const first = (name: string) =>
    means.map((mean) => mean[name]).find((value) => typeof value === "string" && value !== "");
  const street = (address: Member) =>
    [1, 2, 3, 4]
      .map((number) => address[`street${number}`])
      .filter((value) => typeof value === "string" && value !== "")
      .join("\n");
  const email = list(contact["authorizations"]).find((one) => one["authorizationCode"] === "EMAIL");
  return [
    contact["contactNumber"],
    person["title"],
    person["individualFirstName"],
    person["individualLastName"],
    first("email"),
    first("cellularPhone"),
    first("phone"),
    person["birthday"],
    street(main),
    main["town"],
    main["zipCode"],
    main["countryCode"],
    street(other),
    other["town"],
    other["zipCode"],
    other["countryCode"],
    email === undefined ? undefined : email["allowed"] !== true,
    person["individualFirstName"],
    first("phone"),
    contact["contactNumber"],
    main["town"],
    contact["role"],
    contact["state"],
    list(contact["indicators"]).find((one) => one["code"] === "VIP")?.["value"],
    [person["individualFirstName"], person["individualLastName"]].filter(Boolean).join(" "),
  ];
}

const ways = {
  product: (contact: Member) => evaluateMapping(compiled, contact, context),
  "plain jsonata": async (contact: Member) => {
    for (const expression of plain) {
      // A title that is not in the value map ends its line, as it does in the product.
      await expression.evaluate(contact, { [contextKey]: context }).catch(() => undefined);
    }
  },
  "written by hand": (contact: Member) => Promise.resolve(byHand(contact)),
};

const rounds = 60;

/** Microseconds of one contact, in each round all contacts after each other. */
async function measure(run: (contact: Member) => Promise<unknown>): Promise<number> {
  const began = process.hrtime.bigint();
  for (const contact of people) await run(contact);
  return Number(process.hrtime.bigint() - began) / 1_000 / people.length;
}

const times = new Map(Object.keys(ways).map((name) => [name, [] as number[]]));
for (let round = 0; round < rounds; round++) {
  for (const [name, run] of Object.entries(ways)) times.get(name)?.push(await measure(run));
}

const median = (values: readonly number[]) =>
  [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
const medians = Object.fromEntries(
  [...times].map(([name, values]) => [name, median(values.slice(rounds / 4))]),
);
const product = medians["product"] ?? 0;
const rows = Object.entries(medians).map(([name, micros]) => ({
  way: name,
  "µs per contact": Math.round(micros * 10) / 10,
  "product is": `${Math.round((product / micros) * 100) / 100} ×`,
}));
console.table(rows);
const report = {
  at: new Date().toISOString(),
  lines: lines.length,
  contacts: people.length,
  rounds,
  medianMicros: medians,
};
writeFileSync("bench/reports/mapping.json", `${JSON.stringify(report, null, 2)}\n`);
