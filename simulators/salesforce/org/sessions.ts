import { randomBytes } from "node:crypto";

export interface Session {
  token: string;
  userId: string;
  clientId: string;
}

/** Access tokens that are valid now. Like Salesforce's they carry no expiry that a client could read. */
export class Sessions {
  private readonly byToken = new Map<string, Session>();

  constructor(private readonly organizationId: string) {}

  open(userId: string, clientId: string): Session {
    const token = `${this.organizationId.slice(0, 15)}!${randomBytes(72).toString("base64url").replaceAll("-", ".")}`;
    const session = { token, userId, clientId };
    this.byToken.set(token, session);
    return session;
  }

  find(token: string): Session | undefined {
    return this.byToken.get(token);
  }

  revoke(token: string): boolean {
    return this.byToken.delete(token);
  }

  /** Makes the sessions of another org valid here. */
  takeOver(other: Sessions): void {
    for (const session of other.byToken.values()) this.byToken.set(session.token, session);
  }

  expireAll(): number {
    const count = this.byToken.size;
    this.byToken.clear();
    return count;
  }
}
