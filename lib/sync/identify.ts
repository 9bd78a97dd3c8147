/** Which records of the org the works of a batch are, before anything is decided: by key, or not known yet. */
import type { Side } from "@/lib/core/side";
import type { Database } from "@/lib/platform/db";
import { findShared, findUnlinked, type Found } from "./find-unlinked";
import type { RulesOf } from "./matching";
import type { LinkResult, LinkWork } from "./work";

export interface Identified extends Found {
  /** By row: works whose record is another's too. */
  readonly shared: ReadonlyMap<string, LinkResult>;
  /** What ends here: what is only marked and is not there, and what is there and must not be touched. */
  readonly ended: readonly LinkResult[];
  /** The others, each with a record of its own. */
  readonly own: readonly LinkWork[];
  /** Those of them that are neither linked nor found by their Sync ID. */
  readonly unknown: readonly LinkWork[];
}

/** Asks the org once for all of them. Throws FaultError when it cannot be asked. */
export async function identify(
  { db, side }: { readonly db: Database; readonly side: Pick<Side, "find"> },
  connectionId: number,
  works: readonly LinkWork[],
  rulesOf: RulesOf,
): Promise<Identified> {
  const found = await findUnlinked(side, works, rulesOf);
  const { find } = found;
  const shared = await findShared(db, connectionId, works, find);
  const isUnknown = (work: LinkWork) => !work.link && !find(work);
  const ended: LinkResult[] = [];
  const own: LinkWork[] = [];
  for (const work of works) {
    if (shared.has(work.rowId)) continue;
    const row = work.ifThere ? find(work) : null;
    const meant = row && work.ifThere ? work.ifThere(row) : work;
    if ("outcome" in meant) ended.push(meant);
    else if (meant.marksOnly && isUnknown(meant))
      ended.push({ record: meant.record, mapping: meant.mapping, outcome: "ignored" });
    else own.push(meant);
  }
  return { ...found, shared, ended, own, unknown: own.filter(isUnknown) };
}
