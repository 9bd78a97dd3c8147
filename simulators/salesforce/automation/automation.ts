import type { Expression } from "../formula/parse";
import type { Value } from "../model/types";

/** A value that an automation writes: as it is, or computed at each save. */
export type StoredSetting = Value | { formula: string };

interface AutomationBase {
  id: string;
  object: string;
  /** What Salesforce would call the trigger or flow in its errors. */
  name: string;
}

/** Rewrites phone numbers before they are saved, as some orgs' flows do. */
export interface StoredPhoneFormatter extends AutomationBase {
  kind: "phone-formatter";
  /** Default: every phone field of the object. */
  fields?: string[];
  format: "us" | "e164";
}

/** A before-save flow or an after-save trigger that sets fields of the record itself. */
export interface StoredFieldTrigger extends AutomationBase {
  kind: "field-trigger";
  timing: "before" | "after";
  /** Default: always. */
  when?: string;
  set: Record<string, StoredSetting>;
}

/** A flow that fails for the records its formula is true of. */
export interface StoredFlowError extends AutomationBase {
  kind: "flow-error";
  when: string;
  message: string;
  /** Salesforce answers either, by what went wrong in the flow. */
  code: "CANNOT_EXECUTE_FLOW_TRIGGER" | "CANNOT_INSERT_UPDATE_ACTIVATE_ENTITY";
}

export type StoredAutomation = StoredPhoneFormatter | StoredFieldTrigger | StoredFlowError;

/** One field that a trigger sets. It is found by its name at each save: a deployment may change it. */
export interface Setting {
  fieldName: string;
  value: Value | undefined;
  formula: Expression | undefined;
}

interface PhoneFormatter {
  kind: "phone-formatter";
  stored: StoredPhoneFormatter;
}

export interface FieldTrigger {
  kind: "field-trigger";
  stored: StoredFieldTrigger;
  when: Expression | undefined;
  settings: readonly Setting[];
}

interface FlowError {
  kind: "flow-error";
  stored: StoredFlowError;
  when: Expression;
}

/** Something an org does by itself when a record is saved, ready to run. */
export type Automation = PhoneFormatter | FieldTrigger | FlowError;
