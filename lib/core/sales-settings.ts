/** What becomes of sales without a contact, and of those whose contact Salesforce does not get. */
import { z } from "zod";
import { maxKeyLength } from "./record-key";

export const salesSettingsSchema = z
  .strictObject({
    /**
     * A sale whose contact is left out by its mapping, failed, or is unknown to S-360: it waits, or is written without its
     * account and linked once the contact is there.
     */
    withoutContact: z.enum(["wait", "unlinked"]).default("wait"),
    /** A sale that names no contact. */
    anonymous: z.enum(["skip", "unlinked", "placeholder"]).default("unlinked"),
    /** The Account that anonymous sales stand under: its Sync ID or its Salesforce id. */
    placeholder: z
      .string()
      .trim()
      .max(maxKeyLength, `has at most ${maxKeyLength} characters`)
      .regex(/^[^\p{Cc}]*$/u, "must not hold control characters")
      .default(""),
  })
  .superRefine(({ anonymous, placeholder }, context) => {
    if (anonymous !== "placeholder" || placeholder !== "") return;
    context.addIssue({
      code: "custom",
      path: ["placeholder"],
      message: "must name an Account, by its Sync ID or its Salesforce id, where anonymous is placeholder",
    });
  });

export type SalesSettings = z.infer<typeof salesSettingsSchema>;

/** Ids of Accounts begin with 001 (salesforce.md §3); a Sync ID of 15 or 18 characters that does so is taken for one. */
export function isAccountId(text: string): boolean {
  return /^001(?:[A-Za-z0-9]{12}|[A-Za-z0-9]{15})$/.test(text);
}
