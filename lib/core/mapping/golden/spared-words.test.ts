import { expect, test } from "vitest";
import { mappingDocumentSchema } from "../document";
import { testAccount } from "../test-describe";
import { sparedWords } from "./spared-words";

test("words of lines, filters, value maps and restricted picklists are the venue's, not a person's", () => {
  const document = mappingDocumentSchema.parse({
    kind: "individual",
    object: "Account",
    keyField: "[p]SyncId__c",
    filter: 'level = "GOLD" and points > 100',
    lines: [{ target: "Name", expression: 'contactCriteria[code="HOBBY"][0].value & (' }],
  });
  const line = { target: "City", expression: 'contactCriteria[code="HOBBY"][0].value' };
  const lines = mappingDocumentSchema.parse({ ...document, lines: [line] }).lines;
  const fields = testAccount({ personAccounts: true }).fields;
  const restricted = fields.find(
    ({ restrictedPicklist, picklistValues }) => restrictedPicklist && picklistValues[0],
  );
  const valueMaps = {
    levels: { values: { SILVER: "Silver" }, rules: { BRONZE: "hold" as const }, otherwise: "hold" as const },
  };
  const words = sparedWords({ documents: [document, { ...document, lines }], valueMaps, fields });
  for (const word of ["GOLD", "100", "HOBBY", "SILVER", "BRONZE"]) expect(words).toContain(word);
  if (restricted) expect(words).toContain(restricted.picklistValues[0]);
  expect(words).not.toContain("Silver");
});
