"use client";

import { useState } from "react";
import type { ReviewRow } from "@/lib/reviews/contract";
import { bulkKinds } from "./words";

export interface Ticked {
  /** The ticked reviews that are still listed and open. */
  readonly reviews: readonly ReviewRow[];
  /** Null: this one is not decided together with those that are ticked. */
  readonly isTicked: (review: ReviewRow) => boolean | null;
  readonly tick: (review: ReviewRow, on: boolean) => void;
  /** Ticks all that are listed and may be decided with those that are ticked. */
  readonly tickAll: () => void;
  readonly clear: () => void;
}

/** Which reviews are ticked: all of one kind, for the choices are those of the kind. */
export function useTicked(rows: readonly ReviewRow[]): Ticked {
  const [ids, setIds] = useState<ReadonlySet<number>>(new Set());
  const able = rows.filter(({ kind, state }) => state === "open" && bulkKinds.includes(kind));
  const reviews = able.filter(({ id }) => ids.has(id));
  const kind = reviews[0]?.kind ?? null;
  return {
    reviews,
    isTicked: (review) =>
      able.includes(review) && (kind === null || kind === review.kind) ? ids.has(review.id) : null,
    tick: ({ id }, on) =>
      setIds(new Set([...reviews.map((row) => row.id).filter((other) => other !== id), ...(on ? [id] : [])])),
    tickAll: () => setIds(new Set(able.filter((row) => row.kind === kind).map(({ id }) => id))),
    clear: () => setIds(new Set()),
  };
}
