/** What tells an old record that S-360 sends again from what changes today. Pure. */

/** `first`: brought by the import. `again`: it was here before, and says nothing new. `live`: of today. */
export type Arrival = "live" | "first" | "again";

export interface Arriving {
  /** The inbox never had it. */
  readonly isNew: boolean;
  /** It says something else than what was known of it. */
  readonly changed: boolean;
  /** When S-360 made it, as S-360 says it. */
  readonly madeAt: string | null;
}

const day = 24 * 60 * 60_000;

/**
 * S-360 does not say why it sends a record, nor when it was last changed. So the import takes what was made a day or more
 * before it began and was never here, or was here and says nothing new; all else is live. Where S-360 gives no date it
 * counts as old: what is wrongly held waits for its turn, what is wrongly written was never approved.
 */
export function arrivalOf({ isNew, changed, madeAt }: Arriving, startedAt: Date): Arrival {
  const made = madeAt === null ? Number.NaN : Date.parse(madeAt);
  if (made > startedAt.getTime() - day) return "live";
  if (isNew) return "first";
  return changed ? "live" : "again";
}

/** Of an operation, which arrives with its order and is as old. */
export function arrivalWithin(order: Arrival, { isNew, changed }: Omit<Arriving, "madeAt">): Arrival {
  if (order === "live") return "live";
  if (isNew) return "first";
  return changed ? "live" : "again";
}
