import { createHash, timingSafeEqual } from "node:crypto";
import { textOf, type JsonObject } from "../venue/json";
import type { ApiSettings } from "./api-settings";
import { issuingKey } from "./check-token";
import { signJwt } from "./jwt";

const lifeSeconds = 5 * 60;

/** Answers `{operator, partner, secret}` with `{token}`, good for five minutes; null when one of them is wrong. */
export function issueToken(
  body: JsonObject,
  institution: string,
  settings: ApiSettings,
  now: Date,
): JsonObject | null {
  const { operator, partner, secret } = settings;
  const right = [same(body.operator, operator), same(body.partner, partner), same(body.secret, secret)];
  if (right.includes(false)) return null;
  const iat = Math.floor(now.getTime() / 1000);
  const claims = { sub: institution.toUpperCase(), aud: operator, iss: partner, iat, exp: iat + lifeSeconds };
  return { token: signJwt(claims, issuingKey(secret)) };
}

/** Compares in the same time for every wrong value. */
function same(given: JsonObject[string] | undefined, expected: string): boolean {
  const digest = (text: string) => createHash("sha256").update(text).digest();
  return timingSafeEqual(digest(textOf(given)), digest(expected));
}
