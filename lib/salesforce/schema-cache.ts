/**
 * Where the org's facts and describes are kept between calls. The caller decides for how long and shared by whom: what
 * it returns is taken as fresh.
 */
import type { ObjectDescribe, OrgFacts } from "@/lib/core/side";

export interface SchemaCache {
  readFacts(): Promise<OrgFacts | null>;
  writeFacts(facts: OrgFacts): Promise<void>;
  /** The objects known and fresh enough; the others are simply absent. */
  readObjects(names: readonly string[]): Promise<ReadonlyMap<string, ObjectDescribe>>;
  writeObjects(describes: readonly ObjectDescribe[]): Promise<void>;
  /** The org contradicted what is kept about this object: ask again next time. */
  forgetObject(name: string): Promise<void>;
}

/** Keeps everything in this process for `maxAgeMs`. */
export function memoryCache(maxAgeMs: number, now: () => number): SchemaCache {
  let facts: { value: OrgFacts; at: number } | null = null;
  const objects = new Map<string, { value: ObjectDescribe; at: number }>();
  const fresh = (entry: { at: number }): boolean => now() - entry.at < maxAgeMs;
  return {
    async readFacts() {
      return facts && fresh(facts) ? facts.value : null;
    },
    async writeFacts(value) {
      facts = { value, at: now() };
    },
    async readObjects(names) {
      const found = new Map<string, ObjectDescribe>();
      for (const name of names) {
        const entry = objects.get(name);
        if (entry && fresh(entry)) found.set(name, entry.value);
      }
      return found;
    },
    async writeObjects(describes) {
      for (const value of describes) objects.set(value.name, { value, at: now() });
    },
    async forgetObject(name) {
      objects.delete(name);
    },
  };
}
