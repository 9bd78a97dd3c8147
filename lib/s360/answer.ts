/** What S-360 wraps its answers in (s360.md §4.4), read leniently and without losing a digit. */
import type { Contact } from "@/lib/core/contact-side";
import { cleanForStorage, parseExact } from "./json";

export type Members = Readonly<Record<string, unknown>>;

/** Members every result of the service has; no part of a contact (s360.md §1.4, §4.4). */
const envelopeMembers: ReadonlySet<string> = new Set([
  "requestId",
  "statusCode",
  "statusDetail",
  "statusMessage",
  "expectedException",
]);

/** The members of a JSON object; null for any other text. Throws RangeError when it nests too deeply (json.ts). */
export function readMembers(text: string): Members | null {
  try {
    const { value } = cleanForStorage(parseExact(text));
    return isMembers(value) ? value : null;
  } catch (error) {
    if (error instanceof SyntaxError) return null;
    throw error;
  }
}

/** The contact without what S-360 wraps it in; null where the answer holds none. */
export function contactIn(answer: Members, wrapper: string): Contact | null {
  const found = [answer, answer[wrapper]].filter(isMembers).find((each) => contactNumberOf(each) !== null);
  return found ? withoutEnvelope(found) : null;
}

export function withoutEnvelope(members: Members): Members {
  return Object.fromEntries(Object.entries(members).filter(([name]) => !envelopeMembers.has(name)));
}

/** Nothing stands beside the envelope, or only nulls. */
export function isBare(answer: Members): boolean {
  return Object.values(withoutEnvelope(answer)).every((value) => value === null);
}

/** Text only: as a number it has lost its leading zeros (s360.md §1.4). */
export function contactNumberOf(members: Members): string | null {
  const number = members["contactNumber"];
  return typeof number === "string" && number.trim() !== "" ? number.trim() : null;
}

/** A text of the envelope; "" where there is none. */
export function wordOf(answer: Members, name: "statusCode" | "statusDetail" | "statusMessage"): string {
  const value = answer[name];
  return typeof value === "string" ? value.trim() : "";
}

export function isMembers(value: unknown): value is Members {
  return value !== null && typeof value === "object" && !Array.isArray(value);
}
