/** Config as code: makes a connection what its file says, in one transaction, and tells what that changed. */
import { eq, sql } from "drizzle-orm";
import { auditLog, connection, feed } from "@/drizzle/schema";
import { defaultValueMaps } from "@/lib/core/mapping/defaults/defaults";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { normalEntries, twinOf } from "@/lib/core/mapping/value-maps/value-map";
import { connectionSettingsSchema } from "@/lib/core/connection-settings";
import { transact, type Database, type Queryable } from "@/lib/platform/db";
import { releaseSales, wakeWorkers } from "@/lib/mappings/release";
import { applyMappings, publishingProblems } from "./apply-mappings";
import { applyValueMaps } from "./apply-value-maps";
import type { KeyRing } from "./cipher";
import { ConfigFileError } from "./config-file";
import { credentialReferences, putCredential, removeCredential, type CredentialName } from "./credentials";
import { defaultDocuments } from "./default-documents";
import { isReference, lookUp, type Environment, type NamedReference } from "./env-references";
import { mappingsOf, type Documents } from "./file-mappings";
import type { ConnectionFile } from "./file-schema";
import { fileOf, referencesOf, settingsOf, type Described } from "./file-settings";
import { endHold } from "./hold";
import { ensureStreams } from "./load";
import { forgetOrg } from "./org-cache";
import { refusals, type Existing } from "./refusals";
import { settingChanges } from "./setting-changes";

export interface ApplyResult {
  readonly connectionId: number;
  readonly institution: string;
  readonly created: boolean;
  /** In plain words; empty when the connection was already as the file says. */
  readonly changes: readonly string[];
}

export interface ApplyOptions {
  /** Who is named in versions and in the audit log. */
  readonly actor?: string;
  /** Find out what would change, and change nothing. */
  readonly dryRun?: boolean;
}

/** Any number: files are applied one after the other. */
const lockKey = 836_002;

/**
 * Creates or updates the connection of the file's institution: settings, credentials (looked up in `env` now, stored
 * encrypted), mappings (a new version where they differ) and value maps. Applying the same again changes nothing.
 * @throws ConfigFileError when a variable is missing, or when what the file asks for cannot be done
 */
export async function applyConfig(
  db: Database,
  keys: KeyRing,
  file: ConnectionFile,
  env: Environment,
  options: ApplyOptions = {},
): Promise<ApplyResult> {
  const plan = planOf(file, env);
  const actor = options.actor ?? "connector apply";
  try {
    return await transact(db, async (tx) => {
      const result = await perform(tx, keys, plan, actor);
      if (options.dryRun) throw new DryRun(result);
      return result;
    });
  } catch (error) {
    if (error instanceof DryRun) return error.result;
    throw error;
  }
}

/** Takes back what a dry run did. */
class DryRun extends Error {
  constructor(readonly result: ApplyResult) {
    super("dry run");
  }
}

interface Plan {
  readonly described: Described;
  readonly credentials: readonly (NamedReference & { readonly value: string })[];
  readonly mappings: Documents;
  readonly valueMaps: Readonly<Record<string, ValueMapEntries>>;
}

function planOf(file: ConnectionFile, env: Environment): Plan {
  const problems: string[] = [];
  const credentials = referencesOf(file).flatMap((named) => {
    const found = lookUp(named, env);
    if ("value" in found) return [{ ...named, value: found.value }];
    problems.push(found.problem);
    return [];
  });
  const values = new Map(credentials.map(({ name, value }) => [name, value]));
  const settings = settingsOf(file, values);
  const mappings = mappingsOf(defaultDocuments(settings), file.mappings, (sentence) =>
    problems.push(sentence),
  );
  const valueMaps = wantedValueMaps(file);
  problems.push(...twinProblems(Object.keys(valueMaps)));
  problems.push(...publishingProblems(mappings, Object.keys(valueMaps)));
  if (problems.length > 0) throw new ConfigFileError(problems);
  const { institution, timeZone } = file;
  const described = {
    institution,
    timeZone,
    name: file.name ?? institution,
    settings: connectionSettingsSchema.parse(settings),
  };
  return { described, credentials, mappings, valueMaps };
}

function twinProblems(names: readonly string[]): string[] {
  return names.flatMap((name, at) => {
    const twin = twinOf(name, names.slice(0, at));
    return twin === undefined
      ? []
      : [
          `valueMaps.${name}: it differs from ${twin} only by small and capital letters, and nobody could keep them apart. Choose another name, or null for ${twin}.`,
        ];
  });
}

function wantedValueMaps(file: ConnectionFile): Readonly<Record<string, ValueMapEntries>> {
  const wanted = Object.entries({ ...defaultValueMaps, ...file.valueMaps });
  return Object.fromEntries(
    wanted.flatMap(([name, entries]) => (entries === null ? [] : [[name, normalEntries(entries)]])),
  );
}

async function perform(tx: Queryable, keys: KeyRing, plan: Plan, actor: string): Promise<ApplyResult> {
  await tx.execute(sql`select pg_advisory_xact_lock(${lockKey})`);
  const { described } = plan;
  const existing = await findExisting(tx, described.institution);
  const refused = await refusals(tx, existing, described);
  if (refused.length > 0) throw new ConfigFileError(refused);
  const before = existing && (await referenceMap(tx, existing.id));
  const connectionId = await store(tx, existing, described);
  await ensureStreams(tx, connectionId);
  const credentialChanges = await storeCredentials(tx, keys, connectionId, plan.credentials);
  const after = await referenceMap(tx, connectionId);
  const changedSettings =
    existing && before ? settingChanges(fileOf(existing, before), fileOf(described, after)) : [];
  const changes = [
    ...(existing ? changedSettings : [`connection ${described.institution} created`]),
    ...credentialChanges,
    ...(await applyValueMaps(tx, connectionId, plan.valueMaps, actor)),
    ...(await applyMappings(tx, connectionId, plan.mappings, actor)),
  ];
  if (changes.length > 0) await finish(tx, connectionId, described, changes, actor);
  return { connectionId, institution: described.institution, created: existing === null, changes };
}

async function findExisting(tx: Queryable, institution: string): Promise<Existing | null> {
  const rows = await tx
    .select()
    .from(connection)
    .where(eq(connection.institution, institution))
    .for("no key update");
  const row = rows[0];
  return row ? { ...row, settings: connectionSettingsSchema.parse(row.settings) } : null;
}

async function store(tx: Queryable, existing: Existing | null, described: Described): Promise<number> {
  if (!existing) {
    const [row] = await tx.insert(connection).values(described).returning({ id: connection.id });
    if (!row) throw new Error("the connection was not stored");
    return row.id;
  }
  await tx
    .update(connection)
    .set({ ...described, updatedAt: sql`now()` })
    .where(eq(connection.id, existing.id));
  return existing.id;
}

async function storeCredentials(
  tx: Queryable,
  keys: KeyRing,
  connectionId: number,
  wanted: Plan["credentials"],
): Promise<string[]> {
  const changes: string[] = [];
  for (const { path, name, reference, value } of wanted) {
    const outcome = await putCredential(tx, keys, connectionId, name, { value, reference });
    if (outcome === "new") changes.push(`${path}: stored from ${reference}`);
    if (outcome === "replaced") changes.push(`${path}: replaced from ${reference}`);
  }
  for (const stored of await credentialReferences(tx, connectionId)) {
    if (wanted.some(({ name }) => name === stored.name)) continue;
    await removeCredential(tx, connectionId, stored.name);
    changes.push(`${stored.name}: removed`);
  }
  return changes;
}

async function referenceMap(
  tx: Queryable,
  connectionId: number,
): Promise<Map<CredentialName, string | null>> {
  const references = await credentialReferences(tx, connectionId);
  return new Map(
    references.map(({ name, reference }) => [name, isReference(reference ?? undefined) ? reference : null]),
  );
}

/** What was refused before may work now: the hold ends, the org is asked afresh, and a poll keeps to its new interval. */
async function finish(
  tx: Queryable,
  connectionId: number,
  { institution }: Described,
  changes: readonly string[],
  actor: string,
): Promise<void> {
  const touches = (part: string) => changes.some((change) => change.startsWith(`${part}.`));
  if (touches("salesforce") || touches("s360")) await endHold(tx, connectionId);
  if (touches("salesforce")) await forgetOrg(tx, connectionId);
  if (touches("sales")) await releaseSales(tx, connectionId);
  if (touches("contactsOut")) {
    await tx
      .update(feed)
      .set({ dueAt: sql`now()` })
      .where(eq(feed.connectionId, connectionId));
  }
  await tx
    .insert(auditLog)
    .values({ connectionId, actor, action: "connection applied", subject: institution });
  await wakeWorkers(tx, connectionId);
}
