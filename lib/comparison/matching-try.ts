/**
 * Matching rules tried on the latest contacts: the engine evaluates them and asks the org once, and says which record of
 * the org each would become. Nothing is written, and nothing is noted.
 */
import { FaultError } from "@/lib/core/faults";
import type { MatchingSettings } from "@/lib/core/matching/settings";
import type { Side } from "@/lib/core/side";
import { contactKinds, type ContactKind } from "@/lib/core/words";
import { breather } from "@/lib/platform/turns";
import { evaluateBatch } from "@/lib/sync/evaluate-batch";
import { matchingRules } from "@/lib/sync/matching";
import { withPatience } from "@/lib/sync/patience";
import { prepareMappings, type Prepared } from "@/lib/sync/prepare";
import { lookAt, type ClaimedRecord } from "@/lib/sync/records";
import { resolveReferences } from "@/lib/sync/references";
import type { LinkResult, LinkWork, SyncDeps, SyncSettings } from "@/lib/sync/work";
import { mostTried, type MatchingTry } from "./matching-contract";
import { idsOf, latestToTry } from "./matching-records";
import { foundBy, judgeTried } from "./matching-verdicts";

export interface MatchingTryInput {
  readonly deps: Pick<SyncDeps, "db" | "published" | "settings" | "log">;
  /** It is asked what it is, and once for records. */
  readonly side: Pick<Side, "describe" | "find">;
  readonly connectionId: number;
  readonly kind: ContactKind;
  /** The rules as somebody has them in front of them, saved or not. */
  readonly matching: MatchingSettings;
  readonly urlOf: (object: string, salesforceId: string) => string;
  /** Wall clock for evaluating. */
  readonly budgetMs?: number;
}

const usualBudgetMs = 15_000;
/** Records evaluated between two looks at the clock. */
const slice = 20;

/** Throws FaultError when the org cannot be asked, or no mapping of the kind can run. */
export async function tryMatching(input: MatchingTryInput): Promise<MatchingTry> {
  const { deps, side, connectionId, kind, matching, urlOf } = input;
  const settings = asIfCreating({ ...deps.settings, matching });
  const prepared = await readyFor(input, settings);
  const endsAt = performance.now() + (input.budgetMs ?? usualBudgetMs);
  const toTry = await latestToTry(deps.db, { connectionId, kind }, mostTried);
  const ids = toTry.map(({ id }) => id);
  const evaluate = (records: readonly ClaimedRecord[]) =>
    evaluateInTime({ ...deps, settings }, prepared, records, endsAt);
  const own = await evaluate(await lookAt(deps.db, ids));
  const awaited = own.works.flatMap((work) => [...work.awaits.values()]);
  const companions = (await idsOf(deps.db, connectionId, awaited)).filter((id) => !ids.includes(id));
  const around = await evaluate(await lookAt(deps.db, companions));
  const works = [...own.works, ...around.works];
  const resolved = await resolveReferences({ ...deps, settings }, connectionId, works, prepared.writtenAs);
  const rulesOf = matchingRules(matching);
  const judged = await judgeTried({ db: deps.db, side, connectionId }, resolved.works, rulesOf, new Set(ids));
  const mappings = prepared.ready.filter(({ published }) => published.kind === kind);
  const labels = new Map(toTry.map(({ id, label }) => [id, label]));
  return {
    records: own.looked.length,
    linked: own.looked.filter(({ links }) => links.length > 0).length,
    leftOut: toTry.length - own.looked.length,
    found: mappings.map((mapping) =>
      foundBy(mapping, own.looked, { judged, ended: [...own.ended, ...resolved.ended], labels, urlOf }),
    ),
  };
}

/** Where a rule keeps new contacts from Salesforce the matching rules are not asked: here they are all the same. */
function asIfCreating(settings: SyncSettings): SyncSettings {
  const { rules } = settings;
  const { individual, relay, structure } = rules.in;
  const into = {
    individual: { ...individual, create: "do" as const },
    relay: { ...relay, create: "do" as const },
    structure: { ...structure, create: "do" as const },
  };
  return { ...settings, rules: { ...rules, in: { ...rules.in, ...into } } };
}

async function readyFor({ deps, side, kind }: MatchingTryInput, settings: SyncSettings): Promise<Prepared> {
  const prepared = await prepareMappings(
    { published: deps.published, side, settings },
    new Set(contactKinds),
  );
  if (prepared.ready.some(({ published }) => published.kind === kind)) {
    const ready = prepared.ready.map((one) => ({ ...one, compiled: withPatience(one.compiled) }));
    return { ...prepared, ready };
  }
  const absent = prepared.absent.get(kind);
  const sentence =
    absent === undefined
      ? "No mapping of these contacts is published. Publish one under Mappings; then try the rules."
      : `Salesforce has no object ${absent}, or hides it from the connector's user.`;
  throw new FaultError({ code: absent === undefined ? "no_mapping" : "field_missing", sentence });
}

interface EvaluatedInTime {
  readonly looked: readonly ClaimedRecord[];
  readonly works: readonly LinkWork[];
  readonly ended: readonly LinkResult[];
}

async function evaluateInTime(
  deps: MatchingTryInput["deps"],
  prepared: Prepared,
  records: readonly ClaimedRecord[],
  endsAt: number,
): Promise<EvaluatedInTime> {
  const looked: ClaimedRecord[] = [];
  const works: LinkWork[] = [];
  const ended: LinkResult[] = [];
  const breathe = breather();
  while (looked.length < records.length && performance.now() < endsAt) {
    const part = records.slice(looked.length, looked.length + slice);
    const evaluated = await evaluateBatch({ ...deps, breathe }, part, prepared);
    works.push(...evaluated.works);
    ended.push(...evaluated.ended);
    looked.push(...part);
  }
  return { looked, works, ended };
}
