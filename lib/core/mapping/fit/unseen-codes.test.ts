import { describe, expect, it } from "vitest";
import { codeDoubtsIn, withCode, type SeenCodes } from "./unseen-codes";

const seen: SeenCodes = {
  records: 200,
  codes: {
    "authorizations/authorizationCode": ["SMS", "POST"],
    "contactCriteria/code": ["GENRE", "SECTOR"],
    role: ["PUBLIC"],
  },
};
const sentences = (expression: string) => codeDoubtsIn(expression, seen).map(({ sentence }) => sentence);

describe("a code that a line compares with", () => {
  it("is told when nobody saw it, with what was likely meant, from records or documentation", () => {
    const expression = '$opposite(authorizations[authorizationCode="EMIAL"][0].allowed)';
    const [doubt] = codeDoubtsIn(expression, seen);
    expect(doubt?.sentence).toBe(
      "authorizationCode EMIAL was never seen in the latest 200 records; did you mean EMAIL?",
    );
    expect(doubt && withCode(expression, doubt)).toBe(expression.replace("EMIAL", "EMAIL"));
    expect(sentences('contactCriteria[code="XYZ"][0].value')).toEqual([
      "code XYZ was never seen in the latest 200 records; known are GENRE, SECTOR.",
    ]);
    expect(sentences('role != "PUBLIK"')).toEqual([
      "role PUBLIK was never seen in the latest 200 records; did you mean PUBLIC?",
    ]);
    expect(codeDoubtsIn('order.orderType = "SALES"', { records: 0, codes: {} })).toMatchObject([
      { sentence: "S-360's documentation knows no orderType SALES; did you mean SALE?" },
    ]);
  });

  it.each([
    'authorizations[authorizationCode="EMAIL"][0].allowed',
    'contactCriteria[code="GENRE" and value="x"][0].value',
    'indicators[code="NEW"][0].value',
    '$map(authorizations, function($a) { $a.authorizationCode = "NEW" })',
    'authorizations[authorizationCode="',
    '"EMIAL" & role',
  ])("nothing is said of %s", (expression) => {
    expect(sentences(expression)).toEqual([]);
  });
});
