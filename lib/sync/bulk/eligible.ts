/**
 * Which rows of a batch go into a Bulk job. A job takes minutes where a call takes a second, so it takes only what nothing can
 * be missed for meanwhile: new records that nothing in the org is like, for what people edit in them before they are linked is
 * found by reading again (`read-again.ts`), and updates where no field goes back. What a person has a say in, what was tried
 * before, and what refers to records that are not there yet is written at once.
 */
import { fitsBulk } from "@/lib/core/bulk";
import { unknownBlanks } from "../find-unlinked";
import { waitFor, type Resolved } from "../references";
import {
  nameText,
  type LinkResult,
  type LinkWork,
  type Parking,
  type PlannedWrite,
  type SyncDeps,
} from "../work";

interface Parted {
  /** Records that are in a job's hands: nothing is settled of them now. */
  readonly parked: readonly LinkResult[];
  /** What refers to records that a job is to create. */
  readonly waiting: readonly LinkResult[];
  /** What is to be written at once. */
  readonly left: readonly PlannedWrite[];
}

/** Puts into a job what belongs there. `writes` in the order of their ranks. */
export async function parkWrites(
  deps: Pick<SyncDeps, "bulk" | "contacts">,
  writes: readonly PlannedWrite[],
  { works, wasLinked, asAwaited }: Resolved,
): Promise<Parted> {
  const { bulk, contacts } = deps;
  if (!bulk) return { parked: [], waiting: [], left: writes };
  const byRow = new Map(works.map((work) => [work.rowId, work]));
  const worksOf = countBy(works, ({ record }) => record.id);
  const taken = await bulk.park(
    writes.filter((write) => {
      const work = byRow.get(write.row.rowId);
      if (!work || worksOf.get(write.record.id) !== 1 || !bulk.wants(write.record)) return false;
      return isPlain(write) && isSafe(write, work, contacts !== null) && isFounded(write, wasLinked);
    }),
  );
  const absent = new Set<string>();
  const parked: LinkResult[] = [];
  const waiting: LinkResult[] = [];
  const left: PlannedWrite[] = [];
  for (const write of writes) {
    const { record, mapping, row } = write;
    const isParked = taken.has(row.rowId);
    const awaited = write.references.filter(
      (one) => absent.has(nameText(one)) && !wasLinked(one, one.object),
    );
    if (isParked) parked.push({ record, mapping, outcome: "unreached" });
    else if (awaited.length === 0) left.push(write);
    else {
      waiting.push(waitFor(write, awaited.map(asAwaited)));
    }
    if (isParked || awaited.length > 0) absent.add(nameText(record));
  }
  return { parked, waiting, left };
}

/** The same, but for records of which something has ended already: each is settled once, with all its results. */
export function sparing(deps: SyncDeps, ended: readonly LinkResult[]): SyncDeps {
  const { bulk } = deps;
  if (!bulk) return deps;
  const spared = new Set(ended.map(({ record }) => record.id));
  const wants: Parking["wants"] = (record) => !spared.has(record.id) && bulk.wants(record);
  return { ...deps, bulk: { ...bulk, wants } };
}

/** Nobody has a say in it, and it has never been refused. */
function isPlain({ record, conflicts, effects, duplicates, matched, row }: PlannedWrite): boolean {
  if (record.attempts > 0 || record.waived.length > 0 || matched) return false;
  return conflicts.length === 0 && effects === null && duplicates === null && fitsBulk(row);
}

/** What was asked of the org right before an update is not true any more when a job comes to it. */
function isSafe(write: PlannedWrite, work: LinkWork, goesBack: boolean): boolean {
  // Alerts of duplicate rules are passed for it, and a job passes none.
  if (work.blanks) return false;
  if (write.linkedTo === null) return write.row.id === null;
  if (goesBack && work.mapping.back.size > 0) return false;
  return unknownBlanks(work).length === 0;
}

/** All that it refers to is in Salesforce by now. */
function isFounded({ references }: PlannedWrite, wasLinked: Resolved["wasLinked"]): boolean {
  return references.every((one) => wasLinked(one, one.object));
}

function countBy<T>(items: readonly T[], by: (item: T) => number): ReadonlyMap<number, number> {
  const counts = new Map<number, number>();
  for (const item of items) counts.set(by(item), (counts.get(by(item)) ?? 0) + 1);
  return counts;
}
