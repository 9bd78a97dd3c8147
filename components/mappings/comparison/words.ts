/** What a comparison found, as sentences. */
import { sameMapping } from "@/lib/core/mapping/difference";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type {
  ComparisonFate,
  ComparisonKind,
  ComparisonSummary,
  FieldCounts,
} from "@/lib/core/mapping/comparison";
import type { ComparisonRun } from "@/lib/comparison/contract";
import { count, counted } from "../../ui/numbers";

/** "412 change Phone, 3 would fail, 0 values would be lost." Of several fields each has its own number. */
export function summarySentence({ records, fates, fields }: ComparisonSummary): string {
  const lost = fields.reduce((sum, { cleared }) => sum + cleared, 0);
  const changes = `${count(fates.changes)} ${fates.changes === 1 ? "changes" : "change"}${whatChanges(fields)}`;
  const held = fates.held > 0 ? [`${count(fates.held)} would be held for a person`] : [];
  const created = fates.created > 0 ? [`${count(fates.created)} would be new`] : [];
  const adopted = fates.adopted > 0 ? [`${count(fates.adopted)} would be adopted`] : [];
  const fails = `${count(fates.fails)} would fail`;
  const leaves =
    fates.leaves > 0 ? [`${count(fates.leaves)} of ${count(records)} would no longer take part`] : [];
  return `${[...leaves, changes, ...adopted, ...created, fails, ...held].join(", ")}, ${counted(lost, "value")} would be lost.`;
}

const mostNamed = 3;

function whatChanges(fields: readonly FieldCounts[]): string {
  const written = fields
    .map(({ label, changed, filled, cleared, unknown }) => ({
      label,
      times: changed + filled + cleared + unknown,
    }))
    .filter(({ times }) => times > 0)
    .sort((a, b) => b.times - a.times);
  const [only] = written;
  if (!only) return "";
  if (written.length === 1) return ` ${only.label}`;
  const shown = written.length > mostNamed ? written.slice(0, mostNamed - 1) : written;
  const names = shown.map(({ label, times }) => `${label} ${count(times)}`).join(", ");
  return ` (${names}${shown.length < written.length ? ` and ${written.length - shown.length} more` : ""})`;
}

/** What was compared with what; after "Compared 2 minutes ago by …: ". */
export function basisSentence({ total, summary, fresh, state }: ComparisonRun): string {
  const all = counted(total, "record");
  const which =
    state === "done" ? `the latest ${all}` : `${count(summary?.records ?? 0)} of the latest ${all}`;
  return fresh
    ? `${which}, with what Salesforce held when it was asked.`
    : `${which}, with what the connector wrote to Salesforce and was told of edits there.`;
}

/** Why a comparison says nothing of what is in the editor; null when it does. */
export function outdatedBecause(
  run: ComparisonRun,
  now: { readonly document: MappingDocument; readonly versionId: number | null },
): string | null {
  if (!sameMapping(run.document, now.document)) return "The draft has changed since. Compare again.";
  if (run.versionId !== now.versionId) return "This was compared with an earlier version. Compare again.";
  return null;
}

/** Shown also when there are none. */
export const usualFates: readonly ComparisonFate[] = ["changes", "created", "fails", "unchanged"];
export const usualKinds: readonly (ComparisonKind | "unchanged")[] = [
  "changed",
  "filled",
  "cleared",
  "unchanged",
];

export const fateWords: Readonly<Record<ComparisonFate, { readonly label: string; readonly title: string }>> =
  {
    changes: { label: "change", title: "Records that change" },
    created: { label: "would be new", title: "Records that would be new in Salesforce" },
    adopted: {
      label: "would be adopted",
      title: "Records that would become one that Salesforce has without a Sync ID",
    },
    fails: { label: "would fail", title: "Records that would fail" },
    held: { label: "would be held for a person", title: "Records that would be held for a person" },
    leaves: {
      label: "would no longer take part",
      title: "Records that would no longer take part: what is in Salesforce stays as it is",
    },
    waits: { label: "wait for another record", title: "Records that wait for another record" },
    anyway: {
      label: "change or fail without the draft too",
      title: "Records that change or fail with the published version as well",
    },
    left: {
      label: "are not written, with the draft or without",
      title: "Records that are not written, with the draft or without",
    },
    unchanged: { label: "stay as they are", title: "Records that stay as they are" },
  };

export const kindWords: Readonly<Record<ComparisonKind | "unchanged", string>> = {
  changed: "Changed",
  filled: "Filled",
  cleared: "Lost",
  unknown: "Set, not known over what",
  kept: "Kept by Salesforce",
  unchanged: "Unchanged",
};
