import type { Org } from "./org";
import { compileRule, type StoredRule } from "../write/validations/compile-rule";

/** What an org keeps over a restart besides its rows. A part that an older file lacks stays as a new org has it. */
export interface SavedSettings {
  idCounters: Record<string, number>;
  validationRules?: StoredRule[];
}

export function snapshotSettings(org: Org): SavedSettings {
  return {
    idCounters: org.ids.state(),
    validationRules: org.validationRules.map(({ id, object, formula, message, errorField }) => ({
      id,
      object,
      formula,
      message,
      errorField,
    })),
  };
}

/** Called before the rows are put back, so that what settings add to the schema is there for them. */
export function restoreSettings(org: Org, saved: SavedSettings): void {
  org.ids.restore(saved.idCounters);
  org.validationRules = (saved.validationRules ?? []).map((rule) => compileRule(org.schema, rule));
}
