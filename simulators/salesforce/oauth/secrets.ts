import { createHash, randomBytes, timingSafeEqual } from "node:crypto";

/** An unguessable text of letters, digits, `_` and `.`, as Salesforce's tokens are. */
export function randomToken(bytes: number): string {
  return randomBytes(bytes).toString("base64url").replaceAll("-", ".");
}

/** What is kept of a secret: enough to know it again, too little to use it. */
export function digest(secret: string): string {
  return createHash("sha256").update(secret).digest("base64url");
}

/** Compares in a time that says nothing about where the two differ, nor about their lengths. */
export function isSameSecret(expected: string, given: string): boolean {
  const [one, other] = [expected, given].map((text) => createHash("sha256").update(text).digest());
  return one !== undefined && other !== undefined && timingSafeEqual(one, other);
}
