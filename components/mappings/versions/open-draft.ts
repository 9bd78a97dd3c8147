/** What an earlier version opened as the draft takes the place of. Pure. */
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { MappingSummary } from "@/lib/mappings/contract";
import { shownName } from "../names";

/** What is replaced, and that it comes back. */
export function wordsOfDraft({ draftDiffers, draft }: MappingSummary, unsaved: boolean): string {
  const undo = "Undo brings them back until you save.";
  if (unsaved) return `Your draft has changes that are not saved. They give way to this version; ${undo}`;
  if (!draftDiffers) return "Your draft says what is published, so nothing is lost.";
  const whose = draft.by === null ? "" : ` by ${draft.by}`;
  return `The draft has changes${whose} that were never published. They give way to this version; ${undo}`;
}

/** Why a version cannot become the draft; null when it can. The editor changes lines and filter, never what is written to. */
export function openableAsDraft(version: MappingDocument, draft: MappingDocument): string | null {
  const differs = (["object", "keyField", "recordType"] as const).find((key) => version[key] !== draft[key]);
  if (!differs) return null;
  const what = { object: "Salesforce object", keyField: "key field", recordType: "record type" }[differs];
  const [then, now] = [version[differs], draft[differs]].map((name) => shownName(name ?? "none"));
  return `This version has another ${what} (${then}, and the draft has ${now}), which never changes here. Restore it instead.`;
}
