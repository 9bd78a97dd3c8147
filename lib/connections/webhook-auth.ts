/** Who posts to a webhook: nobody asked, Basic, or an API key in a header of our choice (s360.md §1.2). */
import { createHmac, randomBytes, timingSafeEqual } from "node:crypto";
import type { WebhookAuth } from "@/lib/core/connection-settings";

const comparisonKey = randomBytes(32);

/**
 * Whether a call carries the credentials that were agreed. A missing secret refuses everything. The time it takes does
 * not depend on how much of a guess is right.
 */
export function verifyWebhook(auth: WebhookAuth, secret: string | null, headers: Headers): boolean {
  if (auth.kind === "none") return true;
  if (secret === null || secret === "") return false;
  if (auth.kind === "basic") return verifyBasic(`${auth.username}:${secret}`, headers.get("authorization"));
  const value = headers.get(auth.header);
  return value !== null && sameText(Buffer.from(value, "latin1"), secret);
}

/**
 * Whether the secret stands in the call's address: a V1 webhook can send no credentials of its own (s360.md §1.1). `key`:
 * what the address gives for it.
 */
export function verifyKeyInAddress(auth: WebhookAuth, secret: string | null, key: string | null): boolean {
  if (auth.kind === "none") return true;
  return secret !== null && secret !== "" && key !== null && sameText(Buffer.from(key, "utf8"), secret);
}

/**
 * RFC 7617: the scheme in any case, user and password in base64 with the first colon between them. The whole pair is
 * compared, so colons in passwords need no care.
 */
function verifyBasic(expected: string, header: string | null): boolean {
  const encoded = /^basic +([A-Za-z0-9+/_-]+={0,2}) *$/i.exec(header ?? "")?.[1];
  return encoded !== undefined && sameText(Buffer.from(encoded, "base64"), expected);
}

/** RFC 7617 leaves the character set open: UTF-8 is ours, older clients send ISO 8859-1. */
function sameText(given: Buffer, expected: string): boolean {
  const asUtf8 = sameBytes(given, Buffer.from(expected, "utf8"));
  const latin1 = /^[\0-\xff]*$/.test(expected) ? Buffer.from(expected, "latin1") : Buffer.from(expected);
  const asLatin1 = sameBytes(given, latin1);
  return asUtf8 || asLatin1;
}

/** Hashes first, so that lengths cannot be told apart either. */
function sameBytes(a: Buffer, b: Buffer): boolean {
  return timingSafeEqual(digest(a), digest(b));
}

function digest(bytes: Buffer): Buffer {
  return createHmac("sha256", comparisonKey).update(bytes).digest();
}
