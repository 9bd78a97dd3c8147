import { digest, randomToken } from "./secrets";

const TOKEN = /^[\w.]{40,60}$/;
const TOKEN_BYTES = 33;

/** Who is signed in in which browser, known by its cookie. */
export class BrowserSignIns {
  private readonly users = new Map<string, { userId: string; expiresAtMs: number }>();

  /** A new value for the cookie of a browser; it signs nobody in. */
  newToken(): string {
    return randomToken(TOKEN_BYTES);
  }

  /** @returns the new value of the browser's cookie, so that one known before the sign-in is worth nothing after it */
  signIn(userId: string, now: Date, expiresAtMs: number): string {
    for (const [known, { expiresAtMs: endMs }] of this.users) {
      if (endMs <= now.getTime()) this.users.delete(known);
    }
    const token = this.newToken();
    this.users.set(digest(token), { userId, expiresAtMs });
    return token;
  }

  userOf(token: string, now: Date): string | undefined {
    const known = this.users.get(digest(token));
    if (known && known.expiresAtMs > now.getTime()) return known.userId;
    this.users.delete(digest(token));
    return undefined;
  }

  /** Sign-ins that are remembered. */
  get size(): number {
    return this.users.size;
  }

  clear(): void {
    this.users.clear();
  }
}

/** The browser's cookie, if it is one that this org could have set. */
export function readBrowserToken(cookie: string | undefined): string | undefined {
  const value = /(?:^|;\s*)sid=([^;]*)/.exec(cookie ?? "")?.[1];
  return value !== undefined && TOKEN.test(value) ? value : undefined;
}

export function browserCookie(token: string): string {
  return `sid=${token}; Path=/services/oauth2; HttpOnly; SameSite=Lax`;
}
