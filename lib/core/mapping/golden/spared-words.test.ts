import { expect, test } from "vitest";
import { mappingDocumentSchema } from "../document";
import { testAccount } from "../test-describe";
import { sparedWords } from "./spared-words";

test("words of lines, filters, value maps and restricted picklists are the venue's, not a person's", async () => {
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
  let turns = 0;
  const { words, members } = await sparedWords(
    { documents: [document, { ...document, lines }], valueMaps, fields },
    async () => void turns++,
  );
  for (const word of ["GOLD", "100", "HOBBY", "SILVER", "BRONZE"]) expect(words).toContain(word);
  if (restricted) expect(words).toContain(restricted.picklistValues[0]);
  expect(words).not.toContain("Silver");
  for (const member of ["level", "points", "contactCriteria", "value"]) expect(members).toContain(member);
  expect(turns).toBe(3);
});
