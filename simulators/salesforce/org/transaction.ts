import type { Org } from "./org";

/**
 * Runs work that an org does at once. When it throws, nothing of it is left: neither rows (with their indexes and the
 * delete log) nor what it did to the schema, the tabs and the counts.
 */
export function inTransaction<Result>(org: Org, work: () => Result): Result {
  const mark = org.store.mark();
  const { schema, customTabs } = org;
  const stats = org.stats.snapshot();
  try {
    return work();
  } catch (error) {
    org.restoreSchema(schema);
    org.store.rollBackTo(mark);
    org.customTabs = customTabs;
    org.stats.restore(stats);
    throw error;
  } finally {
    org.store.commit();
  }
}
