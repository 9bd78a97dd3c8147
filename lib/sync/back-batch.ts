/** A claimed batch on its way to S-360: what changed, what the rules say, one record after another through the gate. */
import { FaultError, faultRow, type Fault } from "@/lib/core/faults";
import { contactKinds, type ContactKind, type Kind } from "@/lib/core/words";
import { bouncing, changesOf, type LinkChanges } from "./back-changes";
import { carryBack, refusedBack, type BackDeps } from "./back-record";
import { createContact } from "./create-contact";
import { isProvisional } from "./creations";
import { reasonToStop } from "./evaluate-batch";
import { followGone, type Fates } from "./gone";
import { prepareMappings, type Prepared } from "./prepare";
import type { ClaimedBatch, ClaimedRecord } from "./records";
import { ruledOut } from "./rules";
import type { LinkResult, SyncDeps } from "./work";

/** Calls under way at once: enough to use a gate of 1,000 calls a minute when each takes 300 ms. */
const atOnce = 5;

/** Results for every record; throws FaultError only when nothing can be said of any of them. */
export async function backBatch(deps: SyncDeps, batch: ClaimedBatch): Promise<LinkResult[]> {
  const { contacts } = deps;
  if (!contacts) throw new FaultError(notSetUp);
  const kinds = new Set(batch.records.flatMap((record): Kind[] => (record.kind ? [record.kind] : [])));
  const prepared = await prepareMappings(deps, kinds);
  const us = await deps.side.userId();
  const fates = await followGone(deps, batch, prepared);
  const context = {
    valueMaps: deps.published.valueMaps,
    timeZone: deps.settings.timeZone,
    selected: () => true,
  };
  const { connectionId } = batch;
  const back: Back = { deps, connectionId, contacts, settings: deps.settings, context, prepared, fates, us };
  const results: LinkResult[] = [];
  const queue = [...batch.records];
  let wide: Fault | null = null;
  const work = async (): Promise<void> => {
    for (let record = queue.shift(); record; record = queue.shift()) {
      if (wide) results.push({ record, mapping: null, outcome: "untouched", fault: wide });
      else {
        const own = await backRecord(back, record);
        wide ??= own.flatMap((result) => (result.outcome === "untouched" ? [result.fault] : []))[0] ?? null;
        results.push(...own);
      }
    }
  };
  await Promise.all(Array.from({ length: atOnce }, work));
  return results;
}

const notSetUp: Fault = {
  code: "set_up",
  sentence:
    "Sending to S-360 is not set up: operator, partner and secret are missing in the connection's file.",
};

interface Back extends BackDeps {
  readonly deps: SyncDeps;
  readonly prepared: Prepared;
  readonly fates: Fates;
  readonly us: string;
}

async function backRecord(back: Back, record: ClaimedRecord): Promise<LinkResult[]> {
  if (isProvisional(record.key)) return createContact(back.deps, back, record, back.prepared);
  const fated = back.fates.get(record.id);
  if (fated) return [...fated];
  const kind = contactKinds.find((candidate) => candidate === record.kind);
  const stop = reasonToStop(record, back.prepared);
  if (stop) return [stop];
  if (!kind || record.aliasOf !== null) return [{ record, mapping: null, outcome: "ignored" }];
  const found = record.links.flatMap((link) => {
    const mapping = back.prepared.ready.find(({ published }) => published.mappingId === link.mappingId);
    return mapping ? [changesOf(link, mapping, back.us)] : [];
  });
  if (found.length === 0) return [{ record, mapping: null, outcome: "ignored" }];
  return carryFound(back, record, kind, found);
}

async function carryFound(
  back: Back,
  record: ClaimedRecord,
  kind: ContactKind,
  found: readonly LinkChanges[],
): Promise<LinkResult[]> {
  const changed = found.filter(({ changes, doubtful }) => changes.length > 0 || doubtful.length > 0);
  const settled = found.filter((one) => !changed.includes(one)).map((one) => nothingToSend(record, one));
  if (changed.length === 0) return settled;
  const frozen = changed.flatMap((one) => bouncing(one));
  if (frozen.length > 0 && !record.waived.includes("bounce")) return [bounceReview(record, frozen)];
  const ruled = ruledOut(record, back.settings.rules.out[kind].update, changed);
  if (ruled) return [ruled];
  try {
    return [...settled, ...(await carryBack(back, record, kind, changed))];
  } catch (error) {
    if (!(error instanceof FaultError)) throw error;
    const { retry, ...row } = faultRow(error.fault.code);
    const outcome = "wide" in row && row.wide ? "untouched" : retry === "later" ? "retrying" : "failed";
    return [...settled, ...refusedBack(record, changed, error, outcome)];
  }
}

/** An echo of our own write, or an edit of something that does not go back. */
function nothingToSend(record: ClaimedRecord, { link, mapping, agreed, echo }: LinkChanges): LinkResult {
  const outcome = echo ? "echo" : "unchanged";
  return { record, mapping, outcome, salesforceId: link.salesforceId, key: link.key, agreed };
}

function bounceReview(record: ClaimedRecord, lines: ReturnType<typeof bouncing>): LinkResult {
  const names = lines.map(({ field }) => field.label).join(", ");
  const sentence = `${names} changes back and forth between S-360 and Salesforce although nobody edits it: something in one of the two rewrites it each time. It is frozen. Find the flow, trigger or job that does; then send what Salesforce holds, or keep both as they are.`;
  return {
    record,
    mapping: null,
    outcome: "review",
    fault: { code: "bounce", sentence, field: lines[0]?.target },
    subject: { fields: lines.map(({ target }) => target) },
  };
}
