import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { lineOf } from "../defaults/defaults-contacts";
import type { MappingDocument, MappingLine } from "../document";
import { linesCsv, readLinesCsv } from "./csv-lines";
import { outcomeOf } from "./outcome";
import { planLines, type ListTarget } from "./plan";
import { accountTarget, defaultDocument, fieldsOf, mappingLines } from "./test-lists";

const individual = defaultDocument("individual");
const account: ListTarget = { document: individual, fields: fieldsOf(accountTarget) };

function planned(csv: string, target = account) {
  return planLines(readLinesCsv(csv).entries, target);
}

const withoutMark = (csv: string) => csv.replace("\uFEFF", "");

describe("lines as CSV", () => {
  it.each(["individual", "relay", "structure", "sale"])(
    "the default lines of %s come back the same",
    (name) => {
      const document = defaultDocument(name);
      const target = { document: { ...document, lines: [] }, fields: null };
      const plan = planLines(readLinesCsv(linesCsv(document)).entries, target);
      expect(outcomeOf(plan, target, true).lines).toEqual(document.lines);
    },
  );

  it("is written in short form, with policies in the words of a connection's file", () => {
    const lines = [
      lineOf({
        target: "HasOptedOutOfEmail",
        expression: '$opposite(authorizations[authorizationCode="EMAIL"][0].allowed)',
        onMissing: { default: true, when: "create" },
        twoWay: true,
      }),
      lineOf({ target: "X__c", expression: "a * 2", reference: { object: "Account", family: "contact" } }),
    ];
    expect(withoutMark(linesCsv({ kind: "individual", lines })).split("\r\n")).toEqual([
      "Target,Source,Language,Direction,Required,On missing,On invalid,Too long,When,Owner,Reference,Note",
      "HasOptedOutOfEmail,!authorizations(authorizationCode=EMAIL)/allowed,short form,both ways,,default on new records: true,hold,hold,always,,,",
      "X__c,a * 2,JSONata,one way,,leave,hold,hold,always,,Account by contact,",
      "",
    ]);
  });

  it("never starts a cell with what a spreadsheet would calculate", () => {
    const hostile = ["=cmd|' /C calc'!A0", "+1", "-1", "@SUM(A1)", "\t=1", "'=1", " =1", "＝1"];
    const lines = hostile.map((text) =>
      lineOf({ target: "X__c", expression: text, required: text, note: text, onInvalid: { default: text } }),
    );
    const cells = withoutMark(linesCsv({ kind: "individual", lines })).split(/[,\n]/);
    for (const cell of cells) expect(cell).not.toMatch(/^"?\s*[=+\-@\t＝]/);
  });

  it("comes back exactly, whatever the line says", () => {
    const documents = fc
      .uniqueArray(mappingLines, {
        selector: (line) => line.target.replace("[p]", "").toLowerCase(),
        maxLength: 5,
      })
      .map((lines): MappingDocument => ({ ...individual, lines }));
    fc.assert(
      fc.property(documents, (document) => {
        const { entries, problems } = readLinesCsv(linesCsv(document));
        expect(problems).toEqual([]);
        for (const [index, { name, source, language, policies }] of entries.entries()) {
          const line = document.lines[index] as MappingLine;
          expect(name).toBe(line.target);
          if (language === "JSONata") expect(source).toBe(line.expression);
          const { target: _target, expression: _expression, ...others } = line;
          expect(withoutUndefined(policies)).toEqual(others);
        }
        expect(entries.length).toBe(document.lines.length);
      }),
      { numRuns: 500 },
    );
  });

  it("comes back as the same lines through the preview, for every expression that can run", () => {
    fc.assert(
      fc.property(mappingLines, (line) => {
        const document = { ...individual, lines: [line] };
        const [plan] = planLines(readLinesCsv(linesCsv(document)).entries, { document, fields: null });
        expect(["same", "left out"]).toContain(plan?.outcome);
        if (plan?.outcome === "same") expect(plan.after).toEqual(line);
      }),
      { numRuns: 500 },
    );
  });
});

function withoutUndefined(policies: Partial<MappingLine>): Partial<MappingLine> {
  return Object.fromEntries(Object.entries(policies).filter(([, value]) => value !== undefined));
}

describe("a CSV that somebody made", () => {
  it("needs two columns only; what has no column stays as it was", () => {
    const [plan] = planned("source;TARGET\nindividualContact/individualLastName;lastname");
    expect(plan).toMatchObject({
      outcome: "same",
      after: { required: "S-360 contact has no last name", twoWay: true },
    });
  });

  it("sets a policy back to the default where its cell is empty", () => {
    const [plan] = planned("Target,Source,Required\nLastName,individualContact.individualLastName,");
    expect(plan?.outcome).toBe("replaced");
    expect(plan?.after).not.toHaveProperty("required");
    expect(plan?.after?.twoWay).toBe(true);
  });

  it.each([
    ["Target,Sauce\nName,x", 1, /Source is not among them/],
    ["Target,Source,target\nName,x,y", 1, /there twice/],
    ['Target,Source\n"Name,x', 2, /never closed/],
  ])("is refused as a whole: %j", (csv, at, sentence) => {
    expect(readLinesCsv(csv)).toMatchObject({
      problems: [{ at, sentence: expect.stringMatching(sentence) as string }],
    });
  });

  it("says so where it is empty, or has a first row only", () => {
    const said = (text: string) => {
      const { problems, notes } = readLinesCsv(text);
      return [...problems.map(({ sentence }) => sentence), ...notes];
    };
    expect(said("")).toEqual([]);
    expect(said("\n \n")).toEqual([expect.stringMatching(/^The file is empty: its first row must name/)]);
    expect(said("Target,Source\n")).toEqual([expect.stringMatching(/no lines follow it/)]);
  });

  it("tells columns it does not know", () => {
    expect(readLinesCsv("Target,Source,On mising,Remarks\nName,name,,\n").notes).toEqual([
      "The column On mising is not known and is not read. Did you mean On missing?",
      "The column Remarks is not known and is not read.",
    ]);
  });

  it.each([
    ["LastName,x,y,z,more", /5 cells/],
    [",x", /name of the Salesforce field is missing/],
    ["LastName,", /no value/],
    ["LastName,x,French", /^Language: must be short form or JSONata, got “French”\.$/],
    ["LastName,x,JSONata,perhaps", /^On missing: must be leave, clear, default: … or .*, got “perhaps”\.$/],
    ['LastName,x,,"default: ""open"', /^On missing: a text that begins with quotes/],
  ])("tells what is wrong with the row %s, on its line", (row, sentence) => {
    const [plan] = planned(`Target,Source,Language,On missing\n\n${row}\n`);
    expect(plan).toMatchObject({ outcome: "left out", entry: { at: 3 } });
    expect(plan?.problem?.sentence).toMatch(sentence);
  });

  it("never removes a line that it names and gets wrong", () => {
    const plan = planned("Target,Source,When\nLastName,x,never\nFirstName,x,create");
    const { lines } = outcomeOf(plan, account, true);
    expect(lines.map((line) => line.target)).toEqual(["[p]SyncId__c", "LastName", "FirstName"]);
    expect(lines[1]?.expression).toBe("individualContact.individualLastName");
  });

  it.each([
    ["", "leave"],
    ["Clear", "clear"],
    ["default: Mr.", { default: "Mr.", when: "always" }],
    ["default: 5", { default: 5, when: "always" }],
    ['default: "5"', { default: "5", when: "always" }],
    ["default:", { default: null, when: "always" }],
    ["Default on new records: TRUE", { default: "TRUE", when: "create" }],
    ["default on new records: true", { default: true, when: "create" }],
  ])("says what becomes of a missing value: %s", (cell, onMissing) => {
    const [plan] = planned(`Target;Source;On missing\nFirstName;x;"${cell.replaceAll('"', '""')}"`);
    expect(plan?.after?.onMissing).toEqual(onMissing);
  });

  it("warns of an amount that is meant bare, and leaves it", () => {
    const sale = { document: defaultDocument("sale"), fields: null };
    const [plan] = planned("Target,Source\nTotal_Amount__c,operation.totalAmount", sale);
    expect(plan?.after?.expression).toBe("operation.totalAmount");
    expect(plan?.notes).toEqual([
      expect.stringContaining("write money(operation.totalAmount), or 12.50 arrives as 12500"),
    ]);
  });
});
