/** What users have allowed which app on the consent page; asked again only for more, or when the app wants it. */
export class Approvals {
  private readonly scopes = new Map<string, Set<string>>();

  allow(userId: string, clientId: string, scopes: readonly string[]): void {
    const key = `${userId} ${clientId}`;
    this.scopes.set(key, new Set([...(this.scopes.get(key) ?? []), ...scopes]));
  }

  covers(userId: string, clientId: string, scopes: readonly string[]): boolean {
    const allowed = this.scopes.get(`${userId} ${clientId}`);
    return allowed !== undefined && scopes.every((scope) => allowed.has(scope));
  }

  forget(userId: string, clientId: string): void {
    this.scopes.delete(`${userId} ${clientId}`);
  }
}
