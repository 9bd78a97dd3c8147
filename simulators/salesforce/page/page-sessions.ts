import { randomBytes, timingSafeEqual } from "node:crypto";
import type { SafeHtml } from "./html";

/** What is told once on the next page, as Lightning's toast. */
export interface Toast {
  kind: "success" | "error";
  message: SafeHtml;
  /** A form that takes the action back. */
  undo?: { path: string; fields: Readonly<Record<string, string>> };
}

/** One browser that looks at the pages. */
export interface PageSession {
  readonly id: string;
  /** Goes with every form, so that no other site can send one in this browser's name. */
  readonly token: string;
  /** The user whom the pages act as; undefined is the org's admin. */
  userId?: string;
  toast?: Toast;
}

const COOKIE = "sim_sid";
const KEPT_SESSIONS = 500;

/** The browsers that look at the pages. They need no sign-in: the org is simulated, and the pages show both sides. */
export class PageSessions {
  private readonly byId = new Map<string, PageSession>();

  /** The session of a cookie header, or a new one. */
  of(cookies: string | undefined): { session: PageSession; isNew: boolean } {
    const id = new RegExp(`(?:^|;\\s*)${COOKIE}=([\\w-]+)`).exec(cookies ?? "")?.[1];
    const known = id === undefined ? undefined : this.byId.get(id);
    if (known) return { session: known, isNew: false };
    const session = { id: randomText(), token: randomText() };
    this.byId.set(session.id, session);
    for (const oldest of this.byId.keys()) {
      if (this.byId.size <= KEPT_SESSIONS) break;
      this.byId.delete(oldest);
    }
    return { session, isNew: true };
  }
}

/** The Set-Cookie header that brings a browser back to its session. */
export function sessionCookie(session: PageSession): string {
  return `${COOKIE}=${session.id}; Path=/; HttpOnly; SameSite=Lax`;
}

/** Whether a form carries the token of its session. */
export function isOwnForm(session: PageSession, token: string | null): boolean {
  const given = Buffer.from(token ?? "");
  const expected = Buffer.from(session.token);
  return given.length === expected.length && timingSafeEqual(given, expected);
}

function randomText(): string {
  return randomBytes(18).toString("base64url");
}
