import { createHmac } from "node:crypto";
import type { JsonObject } from "../venue/json";
import type { ApiSettings } from "./api-settings";
import { isSignedWith, openJwt } from "./jwt";

const futureSeconds = 60;
const longestLifeSeconds = 15 * 60;
/** Beyond this a time is in milliseconds: S-360's text says milliseconds, its own sample token has seconds. */
const millisecondsFrom = 100_000_000_000;

type Times = { iat: number; exp: number };

/**
 * Why the value of an Authorization header is refused; null when it is accepted. A token that the caller made is
 * signed with the operator's secret and must be fresh; one from the token endpoint only must not have ended.
 */
export function tokenRefusal(
  authorization: string | undefined,
  institution: string,
  settings: ApiSettings,
  now: Date,
): string | null {
  const [, token] = /^Bearer +(\S+)$/i.exec(authorization ?? "") ?? [];
  if (token === undefined) return "no Bearer token";
  const opened = openJwt(token);
  if (opened === null) return "not a JWT";
  if (opened.header.alg !== "HS256") return "alg is not HS256";
  const forged = isSignedWith(token, settings.secret);
  if (!forged && !isSignedWith(token, issuingKey(settings.secret))) return "wrong signature";
  return (
    claimRefusal(opened.claims, institution, settings) ?? timeRefusal(opened.claims, forged, settings, now)
  );
}

/** The key of the token endpoint's own tokens. It changes with the operator's secret, and so ends them too. */
export function issuingKey(secret: string): Buffer {
  return createHmac("sha256", secret).update("v1/auth").digest();
}

function claimRefusal(claims: JsonObject, institution: string, settings: ApiSettings): string | null {
  const { sub, aud, iss } = claims;
  if (typeof sub !== "string" || sub.toLowerCase() !== institution) return "sub is not the institution";
  if (aud !== settings.operator) return "aud is not the operator";
  return iss === settings.partner ? null : "iss is not the partner";
}

function timeRefusal(claims: JsonObject, forged: boolean, settings: ApiSettings, now: Date): string | null {
  const times = readTimes(claims);
  if (times === null) return "iat and exp must be numbers";
  const seconds = now.getTime() / 1000;
  if (times.iat > seconds + futureSeconds) return `iat is more than ${futureSeconds} s in the future`;
  if (forged && times.iat < seconds - settings.freshnessSeconds)
    return `iat is more than ${settings.freshnessSeconds} s old`;
  if (times.exp <= seconds) return "expired";
  return times.exp - times.iat > longestLifeSeconds ? "exp is more than 15 minutes after iat" : null;
}

/** In seconds. */
function readTimes({ iat, exp }: JsonObject): Times | null {
  if (typeof iat !== "number" || typeof exp !== "number") return null;
  const seconds = (time: number) => (time >= millisecondsFrom ? time / 1000 : time);
  return { iat: seconds(iat), exp: seconds(exp) };
}
