import { changedModels, modelChanges, type ModelChanges } from "./model-changes";
import type { OAuthClient } from "./clients";
import type { Org } from "./org";
import type { StoredAutomation } from "../automation/automation";
import { compileAutomation } from "../automation/compile-automation";
import { addDuplicateRule } from "../duplicates/compile-rule";
import type { StoredDuplicateRule } from "../duplicates/duplicate-rule";
import type { RefreshGrant } from "../oauth/refresh-tokens";
import { compileRule, type StoredRule } from "../write/validations/compile-rule";

/** What an org keeps over a restart besides its rows. A part that an older file lacks stays as a new org has it. */
export interface SavedSettings {
  idCounters: Record<string, number>;
  /** Objects and fields defined at run time. */
  models?: ModelChanges;
  customTabs?: string[];
  validationRules?: StoredRule[];
  duplicateRules?: StoredDuplicateRule[];
  automations?: StoredAutomation[];
  /** Digests of refresh tokens, so that a connected app stays connected. Sessions, codes and sign-ins are not kept. */
  refreshGrants?: RefreshGrant[];
  /** Client apps that are not those the simulator was started with. */
  clients?: OAuthClient[];
  /** Of the delete log; its rows have lines of their own. Files without it come from when the log was not kept. */
  deleteLog?: { knownSince?: string };
}

export function snapshotSettings(org: Org): SavedSettings {
  return {
    idCounters: org.ids.state(),
    models: modelChanges(org.schema),
    customTabs: [...org.customTabs],
    validationRules: org.validationRules.map(({ id, object, formula, message, errorField }) => ({
      id,
      object,
      formula,
      message,
      errorField,
    })),
    duplicateRules: org.duplicateRules.list(),
    automations: org.automations.map(({ stored }) => stored),
    refreshGrants: org.sessions.refreshTokens.all(),
    clients: [...org.clients.values()].filter((client) => !org.options.clients.includes(client)),
    deleteLog: { knownSince: org.deleteLog.knownSince?.toISOString() },
  };
}

/** Called before the rows are put back, so that what settings add to the schema is there for them. */
export function restoreSettings(org: Org, saved: SavedSettings): void {
  org.ids.restore(saved.idCounters);
  if (saved.models) restoreModels(org, saved.models);
  org.customTabs = new Set(saved.customTabs);
  org.validationRules = whatCompiles("validation rule", saved.validationRules, (rule) =>
    compileRule(org.schema, rule),
  );
  whatCompiles("duplicate rule", saved.duplicateRules, (rule) => addDuplicateRule(org, rule));
  org.automations = whatCompiles("automation", saved.automations, (stored) =>
    compileAutomation(org.schema, stored),
  );
  for (const grant of saved.refreshGrants ?? []) org.sessions.restoreGrant(grant);
  for (const client of saved.clients ?? []) org.clients.set(client.clientId, client);
  org.deleteLog.knownSince = knownSince(org, saved);
}

function knownSince(org: Org, { deleteLog }: SavedSettings): Date | undefined {
  if (!deleteLog) return org.now();
  return deleteLog.knownSince === undefined ? undefined : new Date(deleteLog.knownSince);
}

function restoreModels(org: Org, changes: ModelChanges): void {
  const { models, removed } = changedModels(org.shape, changes);
  if (removed.length > 0) org.undefine(removed);
  if (models.length > 0) org.define(models);
}

/** A rule that speaks of what this org lacks is left out, so that the org starts, and the log says so. */
function whatCompiles<Stored extends { id: string; object: string }, Compiled>(
  what: string,
  saved: readonly Stored[] | undefined,
  compile: (stored: Stored) => Compiled,
): Compiled[] {
  return (saved ?? []).flatMap((stored) => {
    try {
      return [compile(stored)];
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      console.error(
        `The simulated Salesforce org starts without the ${what} ${stored.id} of ${stored.object}: ${reason}`,
      );
      return [];
    }
  });
}
