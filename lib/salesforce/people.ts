/** Which users are people, as the change feed has told: reading records by their ids tells who wrote them last, not what he is. */
import type { FeedAnswer } from "@/lib/core/side";

export interface People {
  readonly note: (pages: FeedAnswer["pages"]) => void;
  /** False as well for a user of whom nothing was told yet. */
  readonly has: (userId: string) => boolean;
}

/** Grows with the users of the org who edit contacts. */
export function createPeople(): People {
  const ids = new Set<string>();
  return {
    note: (pages) => {
      for (const { changed } of pages)
        for (const { modifiedBy } of changed) if (modifiedBy.person) ids.add(modifiedBy.id);
    },
    has: (userId) => ids.has(userId),
  };
}
