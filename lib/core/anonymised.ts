/**
 * Contacts that S-360 has anonymised, as far as it tells. Anonymising cannot be taken back, and sales are kept; prospects
 * without sales are deleted, of which nothing is told (s360.md §1.5). Its marks are documented for an import only: the name
 * `XXXXXXXX`, the mark `ACCOUNT_DELETED`, the remark "Contact anonymized" (§1.5). That the webhook tells them, and in which
 * members, is an assumption (§1.4: `state` is seen, its values are not; §8.8), so a venue may have others. Pure.
 */
import { z } from "zod";

const mark = z
  .string()
  .trim()
  .max(100)
  .regex(/^[^\p{Cc}]*$/u, "must not hold control characters");

/** What tells that a contact was anonymised: any of them does. An empty one tells nothing. */
export const anonymisedMarksSchema = z.strictObject({
  /** The contact's `state`. */
  state: mark.default("ACCOUNT_DELETED"),
  /** The last name of a person, the official name of a structure. */
  name: mark.default("XXXXXXXX"),
  /** The contact's `remark`. */
  remark: mark.default("Contact anonymized"),
});

export type AnonymisedMarks = z.infer<typeof anonymisedMarksSchema>;

/**
 * What becomes of its Salesforce record. `blank`: the fields that the mapping fills are emptied; `review`: a person decides;
 * `ignore`: it stays as it is.
 */
export const anonymisedRuleSchema = z.enum(["blank", "review", "ignore"]);

export type AnonymisedRule = z.infer<typeof anonymisedRuleSchema>;

type Source = Readonly<Record<string, unknown>>;

/**
 * In the place of what S-360 would say of a contact that it deleted, if it said it: asked for the contact, it knows none. That
 * is the connector's conclusion, so that it holds until S-360 says something of the contact.
 */
export const unknownMark = "unknownToS360";

export function unknownToS360(contact: Source): Source {
  return { ...contact, [unknownMark]: true };
}

export function isUnknownToS360(contact: Source): boolean {
  return contact[unknownMark] === true;
}

/** As it was known before S-360 knew nothing of it: S-360 says something of it again. */
export function knownAgain({ [unknownMark]: _, ...contact }: Source): Source {
  return contact;
}

/** The rule that counts for it: on a mere conclusion nothing is blanked without a person. */
export function ruleFor(contact: Source, rule: AnonymisedRule): AnonymisedRule {
  return rule === "blank" && isUnknownToS360(contact) ? "review" : rule;
}

/** Whether what S-360 says of a contact tells that it was anonymised, or is gone. */
export function isAnonymised(contact: Source, marks: AnonymisedMarks): boolean {
  const person = partOf(contact["individualContact"]);
  const structure = partOf(contact["structureContact"]);
  // A relay may come with the name of its structure.
  const name = person ? person["individualLastName"] : structure?.["officialName"];
  const remarks = [contact, person, structure].map((part) => part?.["remark"]);
  return (
    isUnknownToS360(contact) ||
    says(contact["state"], marks.state) ||
    says(name, marks.name) ||
    remarks.some((remark) => says(remark, marks.remark))
  );
}

/** Sections that name nobody: numbers, kinds, states, dates of the record itself (s360.md §1.4). */
export const unpersonalSections: readonly string[] = [
  "contactNumber",
  "contactId",
  "contactOrigin",
  "creationDate",
  "endValidityDate",
  "role",
  "state",
  "type",
];

/** What is left of a source state once its contact was anonymised, whatever S-360 goes on to say of it. */
export function unpersonal(state: Source): Source {
  return Object.fromEntries(
    Object.entries(state).filter(([section]) => unpersonalSections.includes(section)),
  );
}

/** What stands in the place of a name that must not be empty. */
export function anonymousName({ name }: AnonymisedMarks): string {
  return name === "" ? "XXXXXXXX" : name;
}

function says(value: unknown, wanted: string): boolean {
  return wanted !== "" && typeof value === "string" && value.trim().toLowerCase() === wanted.toLowerCase();
}

function partOf(value: unknown): Source | null {
  return value !== null && typeof value === "object" && !Array.isArray(value) ? (value as Source) : null;
}
