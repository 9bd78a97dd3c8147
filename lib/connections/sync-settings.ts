import { selectedSections } from "@/lib/s360/sections";
import type { Connection } from "./load";

/** S-360 tries a payload this often, once in each run of its schedule (s360.md §1.2). */
const payloadTries = 12;

/** What the engine goes by, as a connection's settings stand. */
export function syncSettings({ settings, timeZone }: Connection) {
  return {
    timeZone,
    selected: selectedSections(settings.s360.sections),
    recordTypes: settings.recordTypes,
    conflictOwner: settings.conflictOwner,
    rules: settings.rules,
    matching: settings.matching,
    sales: settings.sales,
    markCriterion: settings.contactsOut.markCriterion,
    anonymised: settings.s360.anonymised,
    bulkFrom: settings.salesforce.bulkFrom,
    staleMs: payloadTries * settings.s360.scheduleMinutes * 60_000,
  };
}
