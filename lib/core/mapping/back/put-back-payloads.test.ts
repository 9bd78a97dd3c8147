import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { sameValue } from "../../canonical";
import type { Contact } from "../../contact-side";
import type { CanonicalValue } from "../../side";
import { compileMapping } from "../compile";
import {
  individualToContact,
  individualToPersonAccount,
  relayToContact,
  structureToAccount,
} from "../defaults/defaults-contacts";
import type { MappingDocument } from "../document";
import { evaluateMapping } from "../evaluate";
import type { CompiledLine, CompiledMapping, EvaluatedField } from "../evaluation";
import { fieldsBackOf } from "./inverse";
import { putBack } from "./put-back";
import { testAccount, testContact } from "../test-describe";
import { changedPaths, putContext } from "./test-put-back";

function payload(name: string): Contact[] {
  const text = readFileSync(new URL(`../../../../e2e/payloads/${name}.json`, import.meta.url), "utf8");
  return JSON.parse(text) as Contact[];
}

const describes = { Account: testAccount(), Contact: testContact() };

function compile(document: MappingDocument): CompiledMapping {
  const object = document.object as keyof typeof describes;
  return compileMapping(document, { prefix: "", describe: describes[object], recordTypeId: null });
}

const compiled = {
  "person account": compile(individualToPersonAccount),
  contact: compile(individualToContact),
  relay: compile(relayToContact),
  structure: compile(structureToAccount),
};
type Name = keyof typeof compiled;

function mappingsFor(contact: Contact): readonly Name[] {
  if (contact["type"] === "STRUCTURE") return ["structure"];
  return contact["role"] === "RELAY" ? ["relay"] : ["person account", "contact"];
}

/** Two values a person might write, and the members that may change for them. */
const edits: readonly (readonly [RegExp, readonly [CanonicalValue, CanonicalValue], RegExp])[] = [
  [/^Salutation$/, ["Mr.", "Mrs."], /^individualContact\.title$/],
  [/^FirstName$/, ["Zoé", null], /^individualContact\.individualFirstName$/],
  [/^LastName$/, ["O'Neil-Müller", "李"], /^individualContact\.individualLastName$/],
  [/^Name$/, ["Théâtre du Lac SA", "X"], /^structureContact\.officialName$/],
  [/^(Person)?Email$/, ["New.Address@example.org", "b@example.ch"], /^communicationMeans\.0\.email$/],
  [/MobilePhone$/, ["+41 78 123 45 67", "+33612345678"], /^communicationMeans\.0\.cellularPhone$/],
  [/^(Person)?(Home)?Phone$/, ["+41 22 123 45 67", null], /^communicationMeans\.0\.phone$/],
  [/Birthdate$/, ["1999-12-31", null], /^individualContact\.birthday$/],
  [/Street$/, ["12 rue Neuve\nBat. C\n3e étage", "Postfach 1"], /^addresses\.0\.street[1-4]$/],
  [/City$/, ["Neuchâtel", null], /^addresses\.0\.town$/],
  [/PostalCode$/, ["2000", null], /^addresses\.0\.zipCode$/],
  [/Country$/, ["AT", "Liechtenstein"], /^addresses\.0\.countryCode$/],
  [/HasOptedOutOfEmail$/, [true, false], /^authorizations\.0\.allowed$/],
];

function editOf(line: CompiledLine): (typeof edits)[number] {
  const edit = edits.find(([target]) => target.test(line.target));
  if (!edit) throw new Error(`no edit for ${line.target}`);
  return edit;
}

/** `Liechtenstein` comes back as its code, a phone number without its spaces. */
function inS360(line: CompiledLine, value: CanonicalValue): CanonicalValue {
  return line.target.endsWith("Country") && value === "Liechtenstein" ? "LI" : value;
}

async function fieldsOf(name: Name, contact: Contact): Promise<ReadonlyMap<string, EvaluatedField>> {
  const { fields, problems } = await evaluateMapping(compiled[name], contact, putContext);
  expect(problems).toEqual([]);
  return new Map(fields.map((field) => [field.target, field]));
}

const contacts = payload("contacts-50");
const cases = contacts.flatMap((contact) =>
  mappingsFor(contact).map((name) => [String(contact["contactNumber"]), name, contact] as const),
);

describe("every two-way line of the default mappings", () => {
  it("has an edit here", () => {
    for (const mapping of Object.values(compiled)) fieldsBackOf(mapping).forEach(editOf);
  });

  it.each(cases)(
    "takes an edit back to contact %s (%s), and nothing else changes",
    async (_number, name, contact) => {
      const before = JSON.stringify(contact);
      const fields = await fieldsOf(name, contact);
      for (const line of fieldsBackOf(compiled[name])) {
        const [, values, member] = editOf(line);
        for (const value of values) {
          const answer = await putBack(contact, [{ line, value }], putContext);
          expect([line.target, answer.problems, answer.left]).toEqual([line.target, [], []]);
          const changed = await fieldsOf(name, answer.contact);
          const now = changed.get(line.target)?.value ?? null;
          expect([line.target, now, sameValue(now, inS360(line, value), line.field)]).toEqual([
            line.target,
            now,
            true,
          ]);
          expect([...changed].filter(([target]) => target !== line.target)).toEqual(
            [...fields].filter(([target]) => target !== line.target),
          );
          const paths = changedPaths(contact, answer.contact);
          expect(paths.filter((path) => !member.test(path))).toEqual([]);
          expect(answer.sections).toEqual([...new Set(paths.map((path) => path.split(".")[0]))]);
        }
      }
      expect(JSON.stringify(contact)).toBe(before);
    },
  );

  it.each(cases)(
    "changes nothing in contact %s (%s) for the values it already has",
    async (_number, name, contact) => {
      const fields = await fieldsOf(name, contact);
      const changes = fieldsBackOf(compiled[name]).flatMap((line) => {
        const field = fields.get(line.target);
        return field && field.when !== "create" ? [{ line, value: field.value }] : [];
      });
      expect(changes.length).toBeGreaterThan(4);
      const answer = await putBack(contact, changes, putContext);
      expect(answer.contact).toBe(contact);
      expect(answer).toMatchObject({ sections: [], left: [], problems: [] });
    },
  );

  it.each(cases)("goes back together with all others to contact %s (%s)", async (_number, name, contact) => {
    const changes = fieldsBackOf(compiled[name]).map((line) => ({ line, value: editOf(line)[1][0] }));
    const answer = await putBack(contact, changes, putContext);
    expect(answer).toMatchObject({ left: [], problems: [] });
    const changed = await fieldsOf(name, answer.contact);
    for (const { line, value } of changes) {
      expect(sameValue(changed.get(line.target)?.value, value, line.field)).toBe(true);
    }
    for (const key of Object.keys(contact).filter((section) => !answer.sections.includes(section))) {
      expect(answer.contact[key]).toBe(contact[key]);
    }
  });

  it.each(Object.entries(compiled))(
    "fills a contact that has none of it yet (%s)",
    async (_name, mapping) => {
      const changes = fieldsBackOf(mapping).map((line) => ({ line, value: editOf(line)[1][0] }));
      for (const contact of [
        { contactNumber: "1" },
        { contactNumber: "1", addresses: null, authorizations: [] },
      ]) {
        const answer = await putBack(contact, changes, putContext);
        expect(answer).toMatchObject({ left: [], problems: [] });
        expect(answer.contact["addresses"]).toHaveLength(1);
        expect(answer.contact["communicationMeans"]).toHaveLength(1);
      }
    },
  );
});

describe("the edge contacts", () => {
  it("take every edit back, or say why not, and keep what they have", async () => {
    const said: string[] = [];
    for (const contact of payload("contacts-edge")) {
      const before = JSON.stringify(contact);
      for (const line of mappingsFor(contact).flatMap((name) => fieldsBackOf(compiled[name]))) {
        for (const value of editOf(line)[1]) {
          const answer = await putBack(contact, [{ line, value }], putContext);
          said.push(...answer.problems.map(({ fault }) => fault.sentence));
          const kept = changedPaths(contact, answer.contact).filter((path) => /Number$|Id$/.test(path));
          expect(kept).toEqual([]);
        }
      }
      expect(JSON.stringify(contact)).toBe(before);
    }
    expect([...new Set(said)]).toEqual([]);
  });
});
