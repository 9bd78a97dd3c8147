/** By which rules an S-360 contact is matched with what the org has already, as an admin sets them up. */
import { z } from "zod";

/** `exact`: as Salesforce compares. `normalised`: without case, accents, company suffixes and ways of writing a phone. */
const compareChoices = ["exact", "normalised"] as const;

const fieldName = z
  .string()
  .max(80)
  .regex(/^(\[p\])?[A-Za-z]\w*$/, "must be the API name of a Salesforce field, such as Email");

export const matchRuleSchema = z.strictObject({
  /** Target fields whose mapped values must all be equal. `Email` also means `PersonEmail` of a person account. */
  fields: z
    .array(fieldName)
    .min(1)
    .max(3)
    .refine(
      (names) => new Set(names.map((name) => name.toLowerCase())).size === names.length,
      "must not name a field twice",
    ),
  compare: z.enum(compareChoices).default("exact"),
  /** Of people: whether the same e-mail with another name is the same person. A family shares one (s360.md §1.4). */
  names: z.enum(["must-fit", "may-differ"]).default("must-fit"),
});

const rules = z.array(matchRuleSchema).max(6);

/** What becomes of a contact that several Salesforce records fit; `tell`: it is ignored, and someone is told. */
const several = z.enum(["review", "tell"]).default("review");

const kindSchema = (fallback: z.input<typeof rules>) =>
  z.strictObject({ rules: rules.default(() => rules.parse(fallback)), several }).prefault({});

/**
 * People start with their e-mail address and name: the one pair that a person knows them by, and that a stranger rarely has.
 * Companies start with nothing: which field holds a number of theirs only an admin knows, and names are no proof.
 */
export const matchingSchema = z.strictObject({
  individual: kindSchema([{ fields: ["Email"] }]),
  relay: kindSchema([{ fields: ["Email"] }]),
  structure: kindSchema([]),
});

export type MatchRule = z.infer<typeof matchRuleSchema>;
export type MatchingSettings = z.infer<typeof matchingSchema>;
