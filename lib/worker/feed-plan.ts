/** What the change feed reads of an org: the objects that contacts are written to, and their fields that go both ways. */
import { compileCondition } from "@/lib/core/mapping/condition";
import { fieldKeysAmong } from "@/lib/core/mapping/field-name";
import type { ChangedRow, FieldDescribe } from "@/lib/core/side";
import { contactKinds, type ContactKind } from "@/lib/core/words";
import type { FeedObject, NewcomerKind } from "@/lib/inbox/receive-changes";
import { prepareMappings } from "@/lib/sync/prepare";
import type { ReadyMapping, SyncDeps } from "@/lib/sync/work";

export interface FeedPlan {
  readonly objects: ReadonlyMap<string, PlannedObject>;
  /** Decides for rows that have no S-360 number; asked once per page, as conditions take their time. */
  readonly newcomers: (rows: readonly ChangedRow[]) => Promise<(row: ChangedRow) => NewcomerKind | null>;
}

export interface PlannedObject extends FeedObject {
  readonly keyField: string;
  readonly fields: readonly string[];
}

/** Throws FaultError when the org cannot be asked for its describes. */
export async function feedPlan(deps: SyncDeps): Promise<FeedPlan> {
  const { ready } = await prepareMappings(deps, new Set(contactKinds));
  const conditions = conditionsOf(deps);
  const objects = new Map<string, PlannedObject>();
  for (const mapping of ready) {
    const { object, keyField } = mapping.compiled;
    const back = [...mapping.back.values()].map(({ field }) => field);
    const known = objects.get(object);
    const asked = conditions.flatMap(({ fields }) => fields).filter((name) => readable(mapping, name));
    const fields = [...(known?.fields ?? []), ...back.map(({ name }) => name), ...asked];
    objects.set(object, {
      object,
      keyField,
      fields: [...new Set(fields)],
      back: new Map([
        ...(known?.back ?? new Map<number, FieldDescribe[]>()),
        [mapping.published.mappingId, back],
      ]),
    });
  }
  for (const mapping of await salesOf(deps)) {
    const { object, keyField, lookups } = mapping;
    objects.set(object, { object, keyField, fields: [lookups.number], back: new Map(), lookups });
  }
  return { objects, newcomers: (rows) => decideNewcomers(deps, ready, conditions, rows) };
}

/** Objects of sales: of these only copies are looked for, that somebody made with the buyer's number in them. */
async function salesOf(deps: SyncDeps) {
  const { ready } = await prepareMappings(deps, new Set(["operation" as const]));
  return ready.flatMap(({ compiled, describe }) => {
    const keyOf = fieldKeysAmong(describe.keys());
    const number = compiled.lines.find(({ target }) => keyOf(target) === keyOf(buyerNumber))?.target;
    if (number === undefined || !describe.has(number)) return [];
    const references = compiled.lines.filter(({ reference }) => reference?.family === "contact");
    const lookups = { number, fields: [number, ...references.map(({ target }) => target)] };
    return [{ object: compiled.object, keyField: compiled.keyField, lookups }];
  });
}

/** The field that ties a sale to its contact (default-mappings.md, Operation → SecutixSale). */
const buyerNumber = "[p]ContactSTXNumber__c";

interface NewcomerCondition {
  readonly kind: ContactKind;
  readonly fields: readonly string[];
  readonly holds: (row: ChangedRow) => Promise<boolean>;
}

/** Kinds that are created in S-360, or told of; all others cost nothing. */
function conditionsOf({ settings, published }: SyncDeps): NewcomerCondition[] {
  const context = { valueMaps: published.valueMaps, timeZone: settings.timeZone, selected: () => true };
  return contactKinds.flatMap((kind): NewcomerCondition[] => {
    const { create, createWhen } = settings.rules.out[kind];
    if (create === "ignore") return [];
    const condition = compileCondition(createWhen);
    return [{ kind, fields: condition.fields, holds: (row) => condition.holds(row.fields, context) }];
  });
}

function readable({ describe, compiled }: ReadyMapping, name: string): boolean {
  const type = describe.get(name)?.type;
  return type !== undefined && type !== "reference" && name !== compiled.keyField;
}

async function decideNewcomers(
  deps: SyncDeps,
  ready: readonly ReadyMapping[],
  conditions: readonly NewcomerCondition[],
  rows: readonly ChangedRow[],
): Promise<(row: ChangedRow) => NewcomerKind | null> {
  const chosen = new Map<ChangedRow, NewcomerKind>();
  if (conditions.length === 0) return () => null;
  for (const row of rows) {
    if (row.key !== null) continue;
    const kind = kindOf(deps, row);
    const mapping = ready.find(
      ({ published, compiled }) => published.kind === kind && compiled.object === row.object,
    );
    const condition = conditions.find((candidate) => candidate.kind === kind);
    if (mapping && condition && (await condition.holds(row))) {
      chosen.set(row, { mappingId: mapping.published.mappingId, kind });
    }
  }
  return (row) => chosen.get(row) ?? null;
}

/** What a record of Salesforce would be in S-360 (default-mappings.md): a contact with an Account acts for it. */
function kindOf({ published }: SyncDeps, row: ChangedRow): ContactKind {
  if (row.object === "Account") return row.personAccount ? "individual" : "structure";
  const individuals = published.mappings.some(
    ({ kind, document }) => kind === "individual" && document.object === "Contact",
  );
  return individuals && row.accountId === null ? "individual" : "relay";
}
