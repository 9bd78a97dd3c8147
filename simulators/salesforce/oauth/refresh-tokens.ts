import { digest, randomToken } from "./secrets";

/** What a user allowed an app to do in the user's absence; its token changes where the app rotates tokens. */
export interface RefreshGrant {
  readonly id: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly issuedAtMs: number;
  tokenDigest: string;
  /** Digests of the tokens that rotation has replaced. */
  readonly retired: string[];
}

/** What every refresh token of Salesforce begins with. */
export const REFRESH_TOKEN_PREFIX = "5Aep861";
const MAX_PER_USER_AND_APP = 5;
/** Rotated tokens per grant whose reuse is noticed. */
const MAX_RETIRED = 50;

/** Refresh tokens, kept as digests. They end when revoked, or when a sixth one is issued for a user and an app. */
export class RefreshTokens {
  private readonly grants = new Map<string, RefreshGrant>();
  private readonly byDigest = new Map<string, RefreshGrant>();

  /** @returns the token, its grant, and the grants that had to go for it */
  issue(
    userId: string,
    clientId: string,
    scopes: readonly string[],
    now: Date,
  ): { token: string; grant: RefreshGrant; displaced: RefreshGrant[] } {
    const others = [...this.grants.values()].filter(
      (grant) => grant.userId === userId && grant.clientId === clientId,
    );
    const displaced = others.slice(0, Math.max(0, others.length - MAX_PER_USER_AND_APP + 1));
    for (const grant of displaced) this.remove(grant);
    const token = newToken();
    const grant: RefreshGrant = {
      id: randomToken(12),
      userId,
      clientId,
      scopes,
      issuedAtMs: now.getTime(),
      tokenDigest: digest(token),
      retired: [],
    };
    this.add(grant);
    return { token, grant, displaced };
  }

  /** The grant of a token; `isRetired` when rotation has replaced that token. */
  find(token: string): { grant: RefreshGrant; isRetired: boolean } | undefined {
    const given = digest(token);
    const grant = this.byDigest.get(given);
    return grant && { grant, isRetired: grant.tokenDigest !== given };
  }

  /** Whether the user has allowed the app to come back on its own. */
  has(userId: string, clientId: string): boolean {
    return [...this.grants.values()].some((grant) => grant.userId === userId && grant.clientId === clientId);
  }

  rotate(grant: RefreshGrant): string {
    const token = newToken();
    grant.retired.push(grant.tokenDigest);
    if (grant.retired.length > MAX_RETIRED) this.byDigest.delete(grant.retired.shift() ?? "");
    grant.tokenDigest = digest(token);
    this.byDigest.set(grant.tokenDigest, grant);
    return token;
  }

  remove(grant: RefreshGrant): void {
    this.grants.delete(grant.id);
    for (const known of [grant.tokenDigest, ...grant.retired]) this.byDigest.delete(known);
  }

  all(): RefreshGrant[] {
    return [...this.grants.values()];
  }

  add(grant: RefreshGrant): void {
    this.grants.set(grant.id, grant);
    for (const known of [grant.tokenDigest, ...grant.retired]) this.byDigest.set(known, grant);
  }
}

function newToken(): string {
  return REFRESH_TOKEN_PREFIX + randomToken(60);
}
