import { changedModels, modelChanges, type ModelChanges } from "./model-changes";
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
  };
}

/** Called before the rows are put back, so that what settings add to the schema is there for them. */
export function restoreSettings(org: Org, saved: SavedSettings): void {
  org.ids.restore(saved.idCounters);
  if (saved.models) restoreModels(org, saved.models);
  org.customTabs = new Set(saved.customTabs);
  org.validationRules = (saved.validationRules ?? []).map((rule) => compileRule(org.schema, rule));
  for (const rule of saved.duplicateRules ?? []) addDuplicateRule(org, rule);
  org.automations = (saved.automations ?? []).map((stored) => compileAutomation(org.schema, stored));
  for (const grant of saved.refreshGrants ?? []) org.sessions.restoreGrant(grant);
}

function restoreModels(org: Org, changes: ModelChanges): void {
  const { models, removed } = changedModels(org.shape, changes);
  if (removed.length > 0) org.undefine(removed);
  if (models.length > 0) org.define(models);
}
