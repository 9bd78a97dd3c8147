import type { AuthorizeRequest } from "./authorize-request";
import { digest, isSameSecret, randomToken } from "./secrets";

/** A request that a person is looking at: the login page, then the consent page. */
export interface PendingAuthorization {
  readonly request: AuthorizeRequest;
  /** Digest of the cookie of the browser that shows the page. */
  browserDigest: string;
  /** Who signed in on the login page. */
  userId: string | undefined;
  /** Where the browser was sent once the person had answered. */
  answer: string | undefined;
  readonly expiresAtMs: number;
}

const LIFETIME_MS = 15 * 60_000;

/**
 * The requests under way. The transaction token in the page's form is good for one answer, from one browser; sent
 * twice, as by a double click, the form leads to the same place.
 */
export class PendingAuthorizations {
  private readonly pending = new Map<string, PendingAuthorization>();

  start(request: AuthorizeRequest, browserToken: string, userId: string | undefined, now: Date): string {
    for (const [known, { expiresAtMs }] of this.pending) {
      if (expiresAtMs <= now.getTime()) this.pending.delete(known);
    }
    const transaction = randomToken(33);
    this.pending.set(digest(transaction), {
      request,
      browserDigest: digest(browserToken),
      userId,
      answer: undefined,
      expiresAtMs: now.getTime() + LIFETIME_MS,
    });
    return transaction;
  }

  find(transaction: string, browserToken: string, now: Date): PendingAuthorization | undefined {
    const found = this.pending.get(digest(transaction));
    if (!found || found.expiresAtMs <= now.getTime()) return undefined;
    return isSameSecret(found.browserDigest, digest(browserToken)) ? found : undefined;
  }
}
