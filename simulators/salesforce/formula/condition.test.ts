import { describe, expect, it } from "vitest";
import { isCondition } from "./condition";
import { parseFormula } from "./parse";
import { Schema } from "../model/schema";
import { resolveOptions } from "../org/options";

const schema = new Schema(resolveOptions({}).shape);
const contacts = schema.standard("Contact");
const judged = (formula: string) => isCondition(schema, contacts, parseFormula(formula));

describe("the condition of a rule", () => {
  it.each([
    "DoNotCall",
    "NOT(DoNotCall)",
    'LastName = "x"',
    "ISBLANK(Email) && LEN(LastName) > 3",
    "IF(DoNotCall, TRUE, ISNEW())",
    'CASE(LeadSource, "Web", TRUE, DoNotCall)',
    "PRIORVALUE(DoNotCall)",
    "Account.IsPersonAccount",
  ])("may be %s", (formula) => {
    expect(judged(formula)).toBe(true);
  });

  it.each(["LastName", "LEN(LastName)", '"true"', "1 + 1", "IF(DoNotCall, TRUE, 1)", "TODAY()"])(
    "may not be %s",
    (formula) => {
      expect(judged(formula)).toBe(false);
    },
  );
});
