import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
const FIELD_ADVICE =
  "If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.";

async function refusal(soql: string): Promise<ErrorBody[number] | undefined> {
  const { status, body } = await org.api<ErrorBody>("GET", `/query?q=${encodeURIComponent(soql)}`);
  expect(status).toBe(400);
  return body[0];
}

describe("A refused query", () => {
  it("is shown with a caret below the name, row and column", async () => {
    expect(await refusal("SELECT Foo FROM Account")).toEqual({
      errorCode: "INVALID_FIELD",
      message: `\nSELECT Foo FROM Account\n       ^\nERROR at Row:1:Column:8\nNo such column 'Foo' on entity 'Account'. ${FIELD_ADVICE}`,
    });
    expect(await refusal("SELECT Id, Name\nFROM Account\nWHERE Foo = 1")).toEqual({
      errorCode: "INVALID_FIELD",
      message: `\nWHERE Foo = 1\n      ^\nERROR at Row:3:Column:7\nNo such column 'Foo' on entity 'Account'. ${FIELD_ADVICE}`,
    });
  });

  it("is cut to the words within 31 characters of the name, as recorded answers are", async () => {
    const fields = "WebEmail__c, Case_Resolution_Summary__c, MW_Case_ID__c, Escalation_Helper_Contact__c";
    const soql = `SELECT Id, Name, ${fields}, Phone FROM Account`.replace(
      /(WebEmail|Case_Res)\w+/g,
      (name) => (name.startsWith("Web") ? "BillingCity" : "BillingGeocodeAccuracy"),
    );
    expect((await refusal(soql))?.message).toContain(
      "\nBillingCity, BillingGeocodeAccuracy, MW_Case_ID__c, Escalation_Helper_Contact__c\n                                     ^\n",
    );
  });

  it("points one character before a token that does not belong there, as recorded answers do", async () => {
    expect(await refusal("SELECT Id, FROM Account")).toEqual({
      errorCode: "MALFORMED_QUERY",
      message: "\nSELECT Id, FROM Account\n          ^\nERROR at Row:1:Column:11\nunexpected token: 'FROM'",
    });
    expect(await refusal("select Id from Account where id = $sfid")).toEqual({
      errorCode: "MALFORMED_QUERY",
      message:
        "\nselect Id from Account where id = $sfid\n                                 ^\nERROR at Row:1:Column:34\nline 1:34 unexpected token: '$'",
    });
  });

  it.each([
    ["WHERE Name = 'a\\zb'", "line 1:39 no viable alternative at character 'z'"],
    ["WHERE Name = 'a\\u12g4'", "line 1:39 no viable alternative at character 'u'"],
    ["WHERE Name IN ('a', '100\\%')", "line 1:48 no viable alternative at character '%'"],
    ["WHERE Name LIKE 'a\\-%'", "line 1:42 no viable alternative at character '-'"],
  ])("has a backslash only before what may be escaped: %s", async (where, reason) => {
    const error = await refusal(`SELECT Id FROM Account ${where}`);
    expect(error?.errorCode).toBe("MALFORMED_QUERY");
    expect(error?.message.split("\n").at(-1)).toBe(reason);
  });

  it.each([
    ["SELECT Id FROM Account, Nonsense__c LIMIT 1", "MALFORMED_QUERY", "The driving object is Account."],
    [
      "SELECT Id FROM Account, Contact",
      "MALFORMED_QUERY",
      "ERROR at Row:1:Column:25\nA driving SObject type has already been set",
    ],
    [
      "SELECT Id FROM Contact c, c.Boss b",
      "INVALID_TYPE",
      "Didn't understand relationship 'Boss' in FROM part of query call.",
    ],
    ["SELECT Id FROM Foo", "INVALID_TYPE", "sObject type 'Foo' is not supported."],
    [
      "SELECT Id, Boss.Name FROM Contact",
      "INVALID_FIELD",
      "Didn't understand relationship 'Boss' in field path.",
    ],
    ["SELECT Id FROM Account WHERE Name == 'x'", "MALFORMED_QUERY", "unexpected token: '='"],
    [
      "SELECT Id FROM Account WHERE (Name = 'a' AND Site = 'b') OR Name = 'b' AND Phone = 'c'",
      "MALFORMED_QUERY",
      "ERROR at Row:1:Column:71\nunexpected token: 'AND'",
    ],
    [
      "SELECT Id FROM Account WHERE CreatedDate > '2020-01-01'",
      "INVALID_FIELD",
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Account WHERE CreatedDate > 2020-01-01",
      "INVALID_FIELD",
      "value of filter criterion for field 'CreatedDate' must be of type dateTime and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Contact WHERE Birthdate = 2020-01-01T00:00:00Z",
      "INVALID_FIELD",
      "value of filter criterion for field 'Birthdate' must be of type date and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Account WHERE Name = 5",
      "INVALID_FIELD",
      "value of filter criterion for field 'Name' must be of type string and should be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Account WHERE AnnualRevenue = '5'",
      "INVALID_FIELD",
      "value of filter criterion for field 'AnnualRevenue' must be of type double and should not be enclosed in quotes",
    ],
    [
      "SELECT Id FROM Account WHERE Description = 'x'",
      "INVALID_FIELD",
      "field 'Description' can not be filtered in a query call",
    ],
    [
      "SELECT Id FROM Account ORDER BY Description",
      "MALFORMED_QUERY",
      "field 'Description' can not be sorted in a query call",
    ],
    [
      "SELECT Id FROM Account WHERE BillingAddress = 'x'",
      "INVALID_FIELD",
      "Address fields can only be filtered using Distance expressions",
    ],
    [
      "SELECT Id FROM Contact WHERE Id = 'ZZZ'",
      "INVALID_QUERY_FILTER_OPERATOR",
      "\nSELECT Id FROM Contact WHERE Id = 'ZZZ'\n                             ^\nERROR at Row:1:Column:30\ninvalid ID field: ZZZ",
    ],
    [
      "SELECT Id FROM Account WHERE Id LIKE '001%'",
      "INVALID_QUERY_FILTER_OPERATOR",
      "invalid operator on id field",
    ],
    [
      "SELECT Id FROM Account WHERE Rating INCLUDES ('Hot')",
      "INVALID_QUERY_FILTER_OPERATOR",
      "invalid operator on picklist field",
    ],
    ["SELECT Id FROM Account USING SCOPE team", "INVALID_QUERY_SCOPE", "scope 'team' is not supported"],
  ])("for %s", async (soql, errorCode, reason) => {
    const error = await refusal(soql);
    expect(error?.errorCode).toBe(errorCode);
    expect(error?.message).toContain(reason);
    expect(error?.message).toMatch(/ERROR at Row:1:Column:\d+/);
  });

  it.each([
    ["SELECT Id FROM", "MALFORMED_QUERY", "unexpected token: '<EOF>'"],
    ["SELECT Id FROM Account WHERE", "MALFORMED_QUERY", "unexpected token: '<EOF>'"],
    ["SELECT Id, Id FROM Account", "INVALID_FIELD", "duplicate field selected: Id"],
    [
      "SELECT Id FROM Account OFFSET 2001",
      "NUMBER_OUTSIDE_VALID_RANGE",
      "Maximum SOQL offset allowed is 2000",
    ],
    ["SELECT Id FROM Account ALL ROWS", "MALFORMED_QUERY", "ALL ROWS not allowed in this context"],
    ["SELECT Id FROM Account LIMIT 5 ALL ROWS", "MALFORMED_QUERY", "ALL ROWS not allowed in this context"],
    ["SELECT Id FROM Account FOR UPDATE", "MALFORMED_QUERY", "FOR UPDATE not allowed in this context"],
    [
      "SELECT Id FROM Account WITH SECURITY_ENFORCED",
      "MALFORMED_QUERY",
      "rule soqlWithIdentifierClause failed predicate: {this.helper.allowApexSyntax() && this.helper.hasApexContext()}?",
    ],
    ["SELECT Id FROM Account WHERE Name = :x", "MALFORMED_QUERY", "Bind variables only allowed in Apex code"],
    [
      "SELECT Id FROM Account WHERE CreatedDate > LastViewedDate",
      "MALFORMED_QUERY",
      "Bind variables only allowed in Apex code",
    ],
    ["SELECT Id FROM Account WHERE Name LIKE NULL", "MALFORMED_QUERY", "unexpected token: 'NULL'"],
    [
      "SELECT Id FROM Account WHERE SystemModstamp > 2020-12-12t12:12:00-25:00",
      "MALFORMED_QUERY",
      "Invalid datetime: 2020-12-12t12:12:00-25:00",
    ],
  ])("without a place, for %s", async (soql, errorCode, message) => {
    expect(await refusal(soql)).toEqual({ errorCode, message });
  });

  it("for a string of more than 4,000 characters", async () => {
    const error = await refusal(`SELECT Id FROM Account WHERE Name = '${"x".repeat(4001)}'`);
    expect(error?.errorCode).toBe("MALFORMED_QUERY");
  });
});
