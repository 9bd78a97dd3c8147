import { Approvals } from "../oauth/approvals";
import { AuthorizationCodes } from "../oauth/authorization-codes";
import { BrowserSignIns } from "../oauth/browser-sign-ins";
import { PendingAuthorizations } from "../oauth/pending-authorizations";
import { REFRESH_TOKEN_PREFIX, RefreshTokens, type RefreshGrant } from "../oauth/refresh-tokens";
import { digest, randomToken } from "../oauth/secrets";
import { SigningKey } from "../oauth/signing-key";

export interface Session {
  readonly token: string;
  readonly userId: string;
  readonly clientId: string;
  readonly scopes: readonly string[];
  readonly issuedAtMs: number;
  /** The grant whose refresh token it came with, or was made from. */
  readonly refreshGrantId: string | undefined;
  lastActiveMs: number;
}

export type NewSession = Pick<Session, "userId" | "clientId" | "scopes"> & { refreshGrantId?: string };

/** How many sessions are opened between two sweeps of those that have timed out. */
const SWEEP_EVERY = 256;

/**
 * Who may talk to the org now: access tokens, and all that leads to one. Access tokens carry no expiry that a client
 * could read.
 */
export class Sessions {
  refreshTokens = new RefreshTokens();
  codes = new AuthorizationCodes();
  pending = new PendingAuthorizations();
  signIns = new BrowserSignIns();
  approvals = new Approvals();
  signingKey = new SigningKey();
  private byDigest = new Map<string, Session>();
  private opened = 0;

  /** @param timeoutMinutes inactivity that ends a session */
  constructor(
    private readonly organizationId: string,
    private readonly now: () => Date,
    private readonly timeoutMinutes: number,
  ) {}

  get timeoutMs(): number {
    return this.timeoutMinutes * 60_000;
  }

  open({ userId, clientId, scopes, refreshGrantId }: NewSession): Session {
    this.opened += 1;
    if (this.opened % SWEEP_EVERY === 0) this.sweep();
    const token = `${this.organizationId.slice(0, 15)}!${randomToken(72)}`;
    const nowMs = this.now().getTime();
    const session = {
      token,
      userId,
      clientId,
      scopes,
      refreshGrantId,
      issuedAtMs: nowMs,
      lastActiveMs: nowMs,
    };
    this.byDigest.set(digest(token), session);
    return session;
  }

  /**
   * The session of a token that is valid now. Using it counts as activity once half of the timeout has passed
   * (Salesforce help, "Modify Session Security Settings": the time of last activity is not updated before that).
   */
  find(token: string): Session | undefined {
    const session = this.peek(token);
    const nowMs = this.now().getTime();
    if (session && nowMs - session.lastActiveMs >= this.timeoutMs / 2) session.lastActiveMs = nowMs;
    return session;
  }

  /** The same, without counting as activity. */
  peek(token: string): Session | undefined {
    const session = this.byDigest.get(digest(token));
    return session && this.endsAtMs(session) > this.now().getTime() ? session : undefined;
  }

  /** Whether a text has the form of this org's tokens, valid or not. */
  looksLikeToken(text: string): boolean {
    return text.startsWith(`${this.organizationId.slice(0, 15)}!`) || text.startsWith(REFRESH_TOKEN_PREFIX);
  }

  /** When the session ends if nobody uses it. */
  endsAtMs(session: Session): number {
    return session.lastActiveMs + this.timeoutMs;
  }

  /** Ends a session. @returns whether there was one */
  revoke(token: string): boolean {
    return this.byDigest.delete(digest(token));
  }

  /** Ends a grant and every session that came from it. */
  revokeGrant(grant: RefreshGrant): void {
    this.refreshTokens.remove(grant);
    for (const [known, session] of this.byDigest) {
      if (session.refreshGrantId === grant.id) this.byDigest.delete(known);
    }
  }

  /** Puts back a grant that was kept over a restart, and with it that the user had allowed the app. */
  restoreGrant(grant: RefreshGrant): void {
    this.refreshTokens.add(grant);
    this.approvals.allow(grant.userId, grant.clientId, grant.scopes);
  }

  /** Makes all that is valid in another org valid here, and the other way round: it may still be answering. */
  takeOver(other: Sessions): void {
    this.refreshTokens = other.refreshTokens;
    this.codes = other.codes;
    this.pending = other.pending;
    this.signIns = other.signIns;
    this.approvals = other.approvals;
    this.signingKey = other.signingKey;
    this.byDigest = other.byDigest;
  }

  /** Ends every session; refresh tokens and codes stay good. */
  expireAll(): number {
    const count = this.byDigest.size;
    this.byDigest.clear();
    this.signIns.clear();
    return count;
  }

  private sweep(): void {
    const nowMs = this.now().getTime();
    for (const [known, session] of this.byDigest) {
      if (this.endsAtMs(session) <= nowMs) this.byDigest.delete(known);
    }
  }
}
