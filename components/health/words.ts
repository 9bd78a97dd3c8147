import { faultRow, type FaultActor, type FaultCode } from "@/lib/core/faults";
import type { RecordState, Stream } from "@/lib/core/words";

/** What an admin calls each stream. */
export const streamTitles: Record<Stream, string> = {
  "contacts-in": "Contacts from S-360",
  "orders-in": "Orders from S-360",
};

export interface StateWords {
  readonly label: string;
  /** What it means and what comes next. */
  readonly meaning: string;
}

/** Every place a record can stand, in the words of the Health page. */
export const stateWords: Record<RecordState, StateWords> = {
  idle: { label: "In step", meaning: "Salesforce has what S-360 last sent" },
  pending: { label: "To write", meaning: "Written to Salesforce as soon as it is their turn" },
  waiting: {
    label: "Waiting",
    meaning: "Written when the contact or company they belong to is in Salesforce",
  },
  retrying: { label: "Retrying", meaning: "Refused for now; tried again by itself" },
  failed: { label: "Failed", meaning: "Not written until somebody changes something" },
  review: { label: "In review", meaning: "Somebody must decide" },
  ignored: { label: "Ignored", meaning: "Nothing to write, or left out by a rule" },
};

const actors: Record<FaultActor, string> = {
  "crm-admin": "The CRM admin must act.",
  "box-office": "The box office must act, in S-360.",
  it: "IT must act.",
  nobody: "Nobody needs to act.",
};

/** Who must do something about a fault, as a sentence. */
export function whoActs(code: FaultCode): string {
  return actors[faultRow(code).actor];
}

const systems: Record<string, string> = { salesforce: "Salesforce", s360: "S-360" };

export function systemTitle(system: string): string {
  return systems[system] ?? system;
}
