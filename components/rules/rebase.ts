/** Puts what was changed here on top of what somebody else saved meanwhile. Pure. */
import type { RuleSettings } from "@/lib/core/connection-settings";
import { openDraft, readDraft, type RulesDraft } from "./draft";

/** Setting by setting: what was changed here since `opened` stays, everything else is as `theirs`. */
export function rebase(opened: RuleSettings, theirs: RuleSettings, draft: RulesDraft): RulesDraft {
  const settings = merged(opened, theirs, readDraft(draft).settings);
  const [was, is] = [openDraft(opened), openDraft(settings)];
  return {
    settings,
    massLimit: draft.massLimit === was.massLimit ? is.massLimit : draft.massLimit,
    tell: draft.tell === was.tell ? is.tell : draft.tell,
  };
}

/** All three have the same shape; lists are one value. */
function merged<Value>(opened: Value, theirs: Value, mine: Value): Value {
  if (isGroup(opened) && isGroup(theirs) && isGroup(mine)) {
    const entries = Object.keys(mine).map((key) => [key, merged(opened[key], theirs[key], mine[key])]);
    return Object.fromEntries(entries) as Value;
  }
  return JSON.stringify(mine) === JSON.stringify(opened) ? theirs : mine;
}

function isGroup(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
