import { describe, expect, it } from "vitest";
import { individualToPersonAccount, lineOf } from "../defaults/defaults-contacts";
import type { FieldRoom } from "../fit/fit";
import type { ListField } from "./find-field";
import { readPastedLines } from "./pasted-lines";
import { neededLinesLacking, outcomeOf } from "./outcome";
import { planLines, type ListTarget, type PlannedLine } from "./plan";
import { accountTarget, defaultDocument, emptySale, fieldsOf, saleTarget, salesList } from "./test-lists";

const account: ListTarget = { document: individualToPersonAccount, fields: fieldsOf(accountTarget) };
const sale: ListTarget = { document: defaultDocument("sale"), fields: fieldsOf(saleTarget()) };

const planned = (text: string, target = account) => planLines(readPastedLines(text).entries, target);

function only(text: string, target = account): PlannedLine {
  const [plan, ...more] = planned(text, target);
  if (!plan || more.length > 0) throw new Error(`${more.length + 1} lines`);
  return plan;
}

const told = ({ entry, outcome, problem, after }: PlannedLine) =>
  `${entry.at} ${outcome}: ${problem?.sentence ?? `${after?.target} = ${after?.expression}`}`;

describe("what is pasted", () => {
  it("is read line by line; blank lines and comments say nothing", () => {
    const text =
      "\uFEFF# people\r\n\r\nFirstName = contactNumber\r\n  // more\r\n\tLastName\t=\tcontactNumber\t\r\n";
    expect(planned(text).map(told)).toEqual([
      "3 replaced: FirstName = contactNumber",
      "5 replaced: LastName = contactNumber",
    ]);
  });

  it.each([
    [
      "FirstName = individualContact/individualFirstName",
      "FirstName = individualContact.individualFirstName",
    ],
    ["firstname=INDIVIDUALCONTACT.individualfirstname", "FirstName = individualContact.individualFirstName"],
    ["FirstName\u00A0=\u200B contactNumber\u00A0", "FirstName = contactNumber"],
    [
      "FirstName\tauthorizations(authorizationCode=EMAIL)/allowed",
      'FirstName = authorizations[authorizationCode="EMAIL"][0].allowed',
    ],
    ["First Name = contactNumber", "FirstName = contactNumber"],
    ["FirstName = $uppercase(contactNumber)", "FirstName = $uppercase(contactNumber)"],
    ['FirstName = contactNumber = "1" ? "a" : "b"', 'FirstName = contactNumber = "1" ? "a" : "b"'],
    ['FirstName = "constant"', 'FirstName = "constant"'],
    ["syncid__c = contactNumber", "[p]SyncId__c = contactNumber"],
    ["secutix__SyncId__c = contactNumber", "[p]SyncId__c = contactNumber"],
    ["[p]SyncId__c = contactNumber", "[p]SyncId__c = contactNumber"],
  ])("%j", (text, expected) => {
    const { after, problem } = only(text);
    expect(problem).toBeNull();
    expect(`${after?.target} = ${after?.expression}`).toBe(expected);
  });

  it.each([
    ["Some words about it", /^This is no line of a mapping: it has no =/],
    ["= contactNumber", /^The name of the Salesforce field is missing/],
    ["FirstName =", /^There is no value/],
    ["FristName = contactNumber", /^Salesforce has no field FristName here.* Did you mean FirstName\?$/],
    ["Colour = contactNumber", /^Salesforce has no field Colour here.* Check its spelling\.$/],
    ["IsPersonAccount = contactNumber", /cannot be written/],
    ["contactNumber = FirstName", /^The field stands before the =.*: FirstName = contactNumber\.$/],
    ["FirstName = money(contactNumber", /closing bracket is missing/],
    ["FirstName = $upper(contactNumber)", /\$upper/],
    ["FirstName = mony(contactNumber)", /did you mean money/],
    [
      "FirstName = contactId + 1",
      /^\+ joins text here; to calculate, .*: \(contactId \+ 1\)\. To join 1 as text, write "1"\.$/,
    ],
    ["FirstName = 0 + contactId", /^\+ joins text here; to calculate, write it as an expression\. To join 0/],
  ])("%j is left out, and says why", (text, sentence) => {
    const { outcome, after, problem } = only(text);
    expect({ outcome, after }).toEqual({ outcome: "left out", after: null });
    expect(problem?.sentence).toMatch(sentence);
  });

  it("that calculates with an amount is asked what it means, and taken over as an expression", () => {
    const { problem } = only("Unit_price__c = operation.unitPrice + 0", sale);
    expect(problem?.sentence).toContain("write it as an expression: $money(operation.unitPrice) + 0.");
    expect(only("FirstName = (contactId + 1)").after?.expression).toBe("(contactId + 1)");
    const taken = only("Unit_price__c = $money(operation.unitPrice) + 0", sale);
    expect([taken.after?.expression, taken.notes]).toEqual(["$money(operation.unitPrice) + 0", []]);
  });

  it("tells what does not fit its field, and amounts that count a thousand times", () => {
    const [quantity] = (sale.fields ?? []).filter(({ name }) => name === "Quantity__c");
    if (!quantity) throw new Error("there is no quantity");
    const room: FieldRoom = {
      ...{ label: "Quantity", type: "number" as const, length: 0 },
      ...{ restrictedPicklist: false, picklistValues: [] },
    };
    const target = { ...sale, fields: [{ ...quantity, room }] };
    expect(only("Quantity__c = operation.product", target).notes).toEqual([
      "Quantity takes a number; operation.product is a text.",
    ]);
    expect(only("Quantity__c = operation.totalAmount * 2", target).notes).toEqual([
      "S-360 sends amounts in thousandths: write $money(operation.totalAmount), or 12.50 arrives as 12500.",
    ]);
    expect(only("Quantity__c = operation.totalAmount", target).notes).toEqual([
      "S-360 sends amounts in thousandths: money(…) was put around it.",
    ]);
  });

  it("tells the place of what is wrong", () => {
    const { entry, problem } = only("  FirstName =  individualContact//x");
    expect([entry.sourceAt, problem?.position, problem?.length]).toEqual([16, 19, 1]);
  });

  it("tells names that S-360's documentation does not know, and takes them", () => {
    const { outcome, notes } = only("FirstName = individualContact/individualFristName");
    expect(outcome).toBe("replaced");
    expect(notes).toEqual([expect.stringContaining("Did you mean individualFirstName?")]);
  });

  it("has one line for each field", () => {
    const twice = planned("FirstName = contactNumber\nfirstname = contactNumber");
    expect(twice.map(told)[1]).toBe("2 left out: Line 1 fills FirstName already. Keep one of them.");
  });

  it("asks which one is meant where two fields have the label", () => {
    const [first, ...others] = fieldsOf(accountTarget).reverse();
    const twin = { ...(first as ListField), name: "Twin", target: "Twin" };
    const { problem } = only(`${first?.label} = contactNumber`, {
      ...account,
      fields: [...others, twin, first as ListField],
    });
    expect(problem?.sentence).toMatch(/^2 fields are called .*: Twin, \w+\. Write the API name/);
  });

  it("keeps what the line says besides", () => {
    const { before, after } = only("LastName = contactNumber");
    expect(after).toEqual({ ...before, expression: "contactNumber" });
    expect(after?.required).toBe("S-360 contact has no last name");
  });

  it("says when a line that goes both ways no longer can", () => {
    expect(only("LastName = contactNumber + contactId").notes).toEqual([
      expect.stringMatching(/^This line goes from S-360 to Salesforce only/),
    ]);
  });

  it("points a new look-up to its object", () => {
    const target = { ...sale, document: emptySale };
    expect(only("Account__c = order.contactReference", target).after?.reference).toEqual({
      object: "Account",
    });
  });

  it.each([
    ["Total_Amount__c = operation.totalAmount", "$money(operation.totalAmount)"],
    ["Total_Amount__c = money(operation.totalAmount)", "$money(operation.totalAmount)"],
    ["Total_Amount__c = $money(operation.totalAmount)", "$money(operation.totalAmount)"],
    [
      "Total_Amount__c = first(operation.totalAmount, operation.basePrice)",
      "$money($first(operation.totalAmount, operation.basePrice))",
    ],
    ["Item__c = operation.totalAmount", "$moneyText(operation.totalAmount)"],
    ['Item__c = "CHF " + operation.totalAmount', '$around("CHF ", $moneyText(operation.totalAmount), "")'],
    ["Quantity__c = operation.quantity", "operation.quantity"],
    ["ExpirationDate__c = operation.totalAmount", "operation.totalAmount"],
  ])("takes amounts as amounts: %s", (text, expression) => {
    expect(only(text, sale).after?.expression).toBe(expression);
  });

  it("goes by the lines there are while Salesforce was not asked", () => {
    const target = { document: individualToPersonAccount, fields: null };
    expect(
      planned("firstname = contactNumber\nsecutix__New__c = contactNumber\nFirst Name = x", target).map(told),
    ).toEqual([
      "1 replaced: FirstName = contactNumber",
      "2 added: [p]New__c = contactNumber",
      "3 left out: Write the API name of the field: Salesforce was not asked for its fields yet.",
    ]);
  });

  it("is not read when it is no list at all", () => {
    expect(readPastedLines("x".repeat(1_000_001)).problems).toHaveLength(1);
  });

  it("may be long, and not too long", () => {
    const plans = planned("Frist Name = x + y\n".repeat(2_000));
    expect(plans).toHaveLength(2_000);
    expect(plans[0]?.problem?.suggestion).toBe("First Name");
    expect(plans.at(-1)?.problem?.sentence).toMatch(/Check its spelling\.$/);
    expect(readPastedLines("A = b\n".repeat(2_001)).problems[0]?.sentence).toMatch(
      /^The text has 2001 lines/,
    );
  });
});

describe("the lines afterwards", () => {
  const outcome = (text: string, removeOthers: boolean, target = sale) =>
    outcomeOf(planned(text, target), target, removeOthers);

  it("are those there were, with what is new at the end", () => {
    const target = { ...sale, document: { ...sale.document, lines: sale.document.lines.slice(0, 3) } };
    const { lines, gone, problem } = outcome(
      "Space__c = order.remark\nName = operation.product\nFoo = x",
      false,
      target,
    );
    expect(lines.map((line) => line.target)).toEqual([
      "Name",
      "[p]SyncId__c",
      "[p]ContactSTXNumber__c",
      "[p]Space__c",
    ]);
    expect(lines[0]).toMatchObject({ expression: "operation.product", tooLong: "cut" });
    expect({ gone, problem }).toEqual({ gone: [], problem: null });
  });

  it("replace a line that is written with the package's sign, or without, by the other", () => {
    const [key, ...others] = account.document.lines;
    if (!key) throw new Error("there is no key");
    for (const [written, pasted] of [
      ["SyncId__c", "[p]SyncId__c"],
      ["[p]SyncId__c", "secutix__SyncId__c"],
    ] as const) {
      const lines = [{ ...key, target: written }, ...others];
      for (const fields of [account.fields, null]) {
        const target = { document: { ...account.document, lines }, fields };
        const after = outcome(`${pasted} = "V-" & contactNumber`, false, target).lines;
        expect(after).toHaveLength(lines.length);
        expect(after[0]).toMatchObject({ target: written, expression: '"V-" & contactNumber' });
        const { kept } = outcome("FirstName = contactNumber", true, target);
        expect(kept.map(({ line }) => line.target)).toContain(written);
      }
    }
  });

  it("are the list in its order when the others go, after what no mapping can do without", () => {
    const { lines, gone, kept } = outcome("Space__c = order.remark\nName = operation.product", true);
    expect(lines.map((line) => line.target)).toEqual([
      "[p]SyncId__c",
      "[p]ContactSTXNumber__c",
      "[p]Account__c",
      "[p]Contact__c",
      "[p]Space__c",
      "Name",
    ]);
    expect(kept.map(({ why }) => why)).toEqual([
      "it is the key by which records are found again",
      "sales are found by it",
      "it ties the record to its contact",
      "it ties the record to its contact",
    ]);
    expect(gone).toHaveLength(18);
  });

  it("keep a line that the list names and gets wrong", () => {
    const { lines, gone } = outcome("Remark__c = order.(", true);
    expect(lines.at(-1)).toEqual(lineOf({ target: "[p]Remark__c", expression: "order.remark" }));
    expect(gone.map((line) => line.target)).not.toContain("[p]Remark__c");
  });

  it("keep what Salesforce needs for every new record", () => {
    const fields =
      account.fields?.map((field) => ({ ...field, required: field.name === "LastName" })) ?? null;
    const { kept } = outcome("FirstName = contactNumber", true, { ...account, fields });
    expect(kept.map(({ line }) => line.target)).toEqual(["[p]SyncId__c", "LastName"]);
  });

  it("are told that they lack what no mapping can do without", () => {
    const { document } = sale;
    const lacking = neededLinesLacking(document, document.lines.slice(0, 2), sale.fields);
    expect(lacking.map(({ line }) => line.target)).toEqual([
      "[p]ContactSTXNumber__c",
      "[p]Account__c",
      "[p]Contact__c",
    ]);
  });

  it("are at most as many as a mapping may have", () => {
    const names = Array.from({ length: 501 }, (_, index) => `X${index}__c = contactNumber`);
    const { problem } = outcome(names.join("\n"), true, {
      document: individualToPersonAccount,
      fields: null,
    });
    expect(problem).toMatch(/at most 500 lines; with this list it would have 502/);
  });
});

describe("the list of S-360's own page for sales", () => {
  it("is the default mapping, line for line; the words around it are left out", () => {
    const plans = planned(salesList, sale);
    expect(plans.filter((plan) => plan.outcome !== "left out").map(({ outcome: what }) => what)).toEqual(
      Array.from({ length: 22 }, () => "same"),
    );
    expect(
      plans.flatMap(({ entry, problem }) =>
        problem ? [`${entry.at}: ${problem.sentence.slice(0, 36)}`] : [],
      ),
    ).toEqual(["1: This is no line of a mapping: it has", "29: This is no line of a mapping: it has"]);
  });
});
