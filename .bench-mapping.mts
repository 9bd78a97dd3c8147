import { readFileSync } from "node:fs";
import { compileMapping } from "@/lib/core/mapping/compile";
import { defaultMappings, defaultValueMaps } from "@/lib/core/mapping/defaults";
import { lineOf } from "@/lib/core/mapping/defaults-contacts";
import { evaluateMapping } from "@/lib/core/mapping/evaluate";
import { testAccount } from "@/lib/core/mapping/test-describe";
const contacts = (JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as any[]).filter((c) => c.individualContact);
const doc = defaultMappings({ individualsAs: "person-account", account: { kind: "private" }, saleObject: "x" })[0]!.document;
const extra = ["Phone", "BillingStreet","BillingCity","BillingPostalCode","BillingCountry","ShippingStreet","ShippingCity"].map((t,i)=>lineOf({target:t,expression:["contactCriteria[code='GENRE'][0].values[0]","addresses[main][0].street1","addresses[main][0].town","addresses[main][0].zipCode","indicators[code='VIP'][0].value","role","individualContact.language"][i]!}));
const d25 = { ...doc, lines: [...doc.lines, ...extra].slice(0,25) };
console.log("lines", doc.lines.length, d25.lines.length);
const ctx = { valueMaps: defaultValueMaps, timeZone: "Europe/Zurich", selected: () => true };
for (const d of [doc, d25]) {
  const c = compileMapping(d, { prefix: "", describe: testAccount(), recordTypeId: null });
  if (c.problems.length) console.log(c.problems);
  for (let i = 0; i < 3000; i++) await evaluateMapping(c, contacts[i % contacts.length], ctx);
  const t = performance.now(); const N = 10000;
  for (let i = 0; i < N; i++) await evaluateMapping(c, contacts[i % contacts.length], ctx);
  console.log(((performance.now() - t) / N * 1000).toFixed(0), "µs per contact");
}
