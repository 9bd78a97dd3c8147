import { digest, randomToken } from "./secrets";

/** What a code stands for: the answer of a user to an app's request. */
export interface CodeGrant {
  readonly clientId: string;
  readonly userId: string;
  readonly redirectUri: string;
  readonly scopes: readonly string[];
  readonly codeChallenge: string | undefined;
  readonly nonce: string | undefined;
}

interface IssuedCode {
  grant: CodeGrant;
  expiresAtMs: number;
  isUsed: boolean;
}

/** Salesforce help, "OAuth 2.0 Web Server Flow": the authorization code expires after 15 minutes. */
const LIFETIME_MS = 15 * 60_000;
/** How long an expired code is still told from one that never was. */
const REMEMBERED_MS = 60 * 60_000;

/** Authorization codes: each is good once, for fifteen minutes. */
export class AuthorizationCodes {
  private readonly codes = new Map<string, IssuedCode>();

  issue(grant: CodeGrant, now: Date): string {
    for (const [known, { expiresAtMs }] of this.codes) {
      if (expiresAtMs + REMEMBERED_MS < now.getTime()) this.codes.delete(known);
    }
    const code = `aPrx${randomToken(48)}==`;
    this.codes.set(digest(code), { grant, expiresAtMs: now.getTime() + LIFETIME_MS, isUsed: false });
    return code;
  }

  /** Takes a code out of use. @returns what it stands for, "expired" when used or too old, undefined when unknown */
  redeem(code: string, clientId: string, now: Date): CodeGrant | "expired" | undefined {
    const issued = this.codes.get(digest(code));
    if (issued?.grant.clientId !== clientId) return undefined;
    if (issued.isUsed || issued.expiresAtMs <= now.getTime()) return "expired";
    issued.isUsed = true;
    return issued.grant;
  }
}
