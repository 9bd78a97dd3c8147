import { isPersonContactEdit, type Change } from "./change";
import { deriveValues } from "./derived-values";
import type { Draft } from "./draft";
import { personAccountDraft } from "./person-contact-edit";
import { failure, type SaveResult } from "./save-result";
import { storedValue } from "./stored-values";
import { validateAccess, validateValues } from "./validate";
import { writeRow } from "./write-row";
import type { Writer } from "./writer";
import {
  afterTriggersOf,
  maximumDepthError,
  triggeredValues,
  triggerFailure,
} from "../automation/after-triggers";
import { runBeforeAutomations } from "../automation/before-save";
import { salesforceDateTime } from "../org/clock";
import type { RowError } from "../http/errors";
import type { Row, Value } from "../model/types";
import type { Org } from "../org/org";

/** Everything that one row's save sets off happens at one moment and shares one fate. */
interface Transaction {
  stamp: string;
  /** Triggers whose writes set off triggers. */
  depth: number;
  /** The platform or a trigger writes: what the user may not write does not matter. */
  isSystem: boolean;
}

/**
 * Saves one row in the order of the Apex developer guide, "Triggers and order of execution": access, before-save
 * automations, system validation, validation rules, duplicate rules, unique keys, the row, after-save triggers. A
 * failure at any point leaves nothing behind.
 */
export function saveDraft(org: Org, writer: Writer, draft: Draft): SaveResult {
  return save(org, writer, draft, { stamp: salesforceDateTime(org.now()), depth: 0, isSystem: false });
}

function save(org: Org, writer: Writer, draft: Draft, transaction: Transaction): SaveResult {
  const change = changeOf(org, writer, draft);
  const refusals = refusalsOf(org, change, draft.after, transaction);
  if (refusals.length > 0) return { success: false, errors: refusals };
  const { object, kind } = change;
  const id = kind === "insert" ? org.ids.next(object.model.keyPrefix) : String(draft.after.Id);
  if (!transaction.isSystem && org.faults.takeRowLock(object.name, () => Object.values(draft.after))) {
    return failure(
      "UNABLE_TO_LOCK_ROW",
      `unable to obtain exclusive access to this record or 1 records: ${id}`,
    );
  }
  const mark = org.store.mark();
  const failed = isPersonContactEdit(change)
    ? saveThroughAccount(org, change, transaction)
    : runAfterTriggers(org, change, writeRow(org, change, id, transaction.stamp), transaction);
  if (failed) org.store.rollBackTo(mark);
  else if (kind === "insert") org.duplicateRules.noteSaved(id);
  return failed ?? { success: true, id, created: kind === "insert" };
}

function changeOf(org: Org, writer: Writer, draft: Draft): Change {
  const { kind, object, before, isPerson, after, values } = draft;
  for (const [field, value] of values) {
    const stored = storedValue(field, value, org.options.lineEnds);
    const keepsDefault = kind === "insert" && field.defaultedOnCreate && field.type === "reference";
    if (stored !== null) after[field.name] = stored;
    else if (!keepsDefault) delete after[field.name];
  }
  return { kind, object, before, isPerson, after, given: new Set(values.keys()), writer };
}

/** Before-save automations write into `after`; what they set is checked like what the caller gave. */
function refusalsOf(
  org: Org,
  change: Change,
  after: Record<string, Value>,
  transaction: Transaction,
): RowError[] {
  const access = transaction.isSystem ? [] : validateAccess(change, org);
  if (access.length > 0) return access;
  const automated = runBeforeAutomations(org, change, after);
  if (automated.errors.length > 0) return automated.errors;
  const given = automated.fields.length > 0 ? new Set([...change.given, ...automated.fields]) : change.given;
  const whole = { ...change, given };
  deriveValues(org, whole, after);
  return validateValues(whole, org);
}

/** The contact of a person account is the person's account seen from its other side: the account is saved. */
function saveThroughAccount(org: Org, change: Change, transaction: Transaction): SaveResult | undefined {
  org.store.put(change.object, change.after);
  const draft = personAccountDraft(org, change);
  const result = save(org, change.writer, draft, { ...transaction, isSystem: true });
  return result.success ? undefined : result;
}

const MAX_TRIGGER_DEPTH = 16;

/** Writes what after-save triggers set, each as an update of its own. Returns the failure of the first that fails. */
function runAfterTriggers(
  org: Org,
  change: Change,
  saved: Row,
  transaction: Transaction,
): SaveResult | undefined {
  const { isPerson, writer } = change;
  const object = org.schema.find(change.object.name) ?? change.object;
  for (const trigger of afterTriggersOf(org, object)) {
    const before = org.store.table(object).get(String(saved.Id)) ?? saved;
    const values = triggeredValues(org, trigger, { ...change, after: before });
    if (values.size === 0) continue;
    if (transaction.depth === MAX_TRIGGER_DEPTH) return maximumDepthError(trigger, change);
    const draft: Draft = { kind: "update", object, before, isPerson, after: { ...before }, values };
    const result = save(org, writer, draft, { ...transaction, depth: transaction.depth + 1, isSystem: true });
    if (!result.success) return triggerFailure(trigger, change, String(saved.Id), result.errors);
  }
  return undefined;
}
