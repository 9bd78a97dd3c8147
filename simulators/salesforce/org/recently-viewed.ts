/** RecentlyViewed keeps so many entries of a user (REST API guide, "Recently Viewed Items"). */
const KEPT_ITEMS = 200;

/** What each user looked at last: pages do so, and whoever marks a record as viewed. */
export class RecentlyViewed {
  private readonly byUser = new Map<string, string[]>();

  add(userId: string, recordId: string): void {
    const before = (this.byUser.get(userId) ?? []).filter((id) => id !== recordId);
    this.byUser.set(userId, [recordId, ...before].slice(0, KEPT_ITEMS));
  }

  /** Record ids, last viewed first; some may be deleted by now. */
  of(userId: string): readonly string[] {
    return this.byUser.get(userId) ?? [];
  }
}
