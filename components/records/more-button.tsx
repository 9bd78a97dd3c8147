"use client";

import { Button } from "../ui/button";
import { Problem } from "../ui/problem";

interface MoreButtonProps {
  list: {
    readonly hasNextPage: boolean;
    readonly isFetchingNextPage: boolean;
    readonly isFetchNextPageError: boolean;
    readonly error: unknown;
    readonly fetchNextPage: () => unknown;
  };
  /** What there is more of. */
  what: string;
}

/** The way to the next page of a list; nothing on the last one. */
export function MoreButton({ list, what }: MoreButtonProps) {
  if (!list.hasNextPage) return null;
  return (
    <div className="records-more">
      {list.isFetchNextPageError && <Problem error={list.error} title={`More ${what} could not be read`} />}
      <Button onClick={() => list.fetchNextPage()} busy={list.isFetchingNextPage}>
        Show more {what}
      </Button>
    </div>
  );
}
