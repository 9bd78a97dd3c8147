/**
 * How calls sign in (s360.md §4.2): with a token of our own making, a fresh one for every call, or with one that S-360
 * gives, kept for at most five minutes (§8.19) and renewed once for any number of calls that found it expired.
 */
import { SignJWT } from "jose";
import type { ContactSideConfig } from "./config";
import { noSecret } from "./sign-in-fault";

/** What one call signs in with. */
export interface Bearer {
  /** The token, made at the moment it is asked for where it is of our own making. */
  text(): Promise<string>;
}

export interface SignIn {
  /** Throws FaultError. */
  current(): Promise<Bearer>;
  /** Another one than S-360 just refused; null where a new one could be no better. */
  renewed(refused: Bearer): Promise<Bearer | null>;
}

const TOKEN_LIFETIME_S = 30;
const KEPT_FOR_MS = 5 * 60_000;

type JwtConfig = Pick<
  ContactSideConfig,
  "institution" | "operator" | "partner" | "secret" | "clockSkewMs"
> & { readonly now: () => number };

/** Signs for each call; `iat` is on S-360's clock. */
export function signWithJwt(config: JwtConfig): SignIn {
  const bearer: Bearer = {
    text: async () => {
      if (config.secret === "") throw noSecret();
      const issuedAtS = Math.floor((config.now() + config.clockSkewMs()) / 1000);
      return new SignJWT()
        .setProtectedHeader({ alg: "HS256", typ: "JWT" })
        .setSubject(config.institution)
        .setAudience(config.operator)
        .setIssuer(config.partner)
        .setIssuedAt(issuedAtS)
        .setExpirationTime(issuedAtS + TOKEN_LIFETIME_S)
        .sign(new TextEncoder().encode(config.secret));
    },
  };
  return { current: async () => bearer, renewed: async () => null };
}

/** `fetchToken` is one outward call; calls that start together share it. */
export function signWithToken(fetchToken: () => Promise<string>, now: () => number): SignIn {
  let kept: { readonly bearer: Bearer; readonly untilMs: number } | null = null;
  let fetching: Promise<Bearer> | null = null;

  const fetchOnce = (): Promise<Bearer> => {
    fetching ??= fetchToken()
      .then((token) => {
        const bearer: Bearer = { text: async () => token };
        kept = { bearer, untilMs: now() + KEPT_FOR_MS };
        return bearer;
      })
      .finally(() => (fetching = null));
    return fetching;
  };
  const current = async (): Promise<Bearer> => (kept && now() < kept.untilMs ? kept.bearer : fetchOnce());

  return {
    current,
    renewed: async (refused) => {
      if (kept?.bearer === refused) kept = null;
      return current();
    },
  };
}
