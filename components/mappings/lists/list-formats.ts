/** The ways in which many lines come in and go out, as the editor says them. Pure. */
import type { MappingDocument } from "@/lib/core/mapping/document";
import { linesCsv, readLinesCsv } from "@/lib/core/mapping/lists/csv-lines";
import type { ReadList } from "@/lib/core/mapping/lists/list-entry";
import { mappingYaml } from "@/lib/core/mapping/lists/mapping-yaml";
import { readPastedLines } from "@/lib/core/mapping/lists/pasted-lines";
import { counted } from "../../ui/numbers";

export type ListFormat = "lines" | "csv" | "yaml";
export type FileFormat = Exclude<ListFormat, "lines">;

interface FormatWords {
  readonly title: string;
  readonly description: string;
  /** Names the text area. */
  readonly label: string;
  readonly help: string;
  readonly placeholder: string;
}

export const formatWords: Record<ListFormat, FormatWords> = {
  lines: {
    title: "Paste lines",
    description: "Nothing changes before you have seen what would. What you paste goes into the draft.",
    label: "Lines",
    help: "One line for each field: Field = value, in short form or JSONata. Lines that start with # or // are comments.",
    placeholder: "Name = operation.product + operation.space\nRemark__c = order.remark",
  },
  csv: {
    title: "Upload CSV",
    description: "Nothing changes before you have seen what would. What you upload goes into the draft.",
    label: "CSV",
    help: "The columns Target and Source are needed; what has no column stays as it is. Download CSV shows all columns.",
    placeholder: "Target,Source\nRemark__c,order.remark",
  },
  yaml: {
    title: "Load YAML",
    description:
      "The lines of the file, which records take part and its sales rules replace those of the draft. Nothing is published.",
    label: "YAML",
    help: "A mapping as Download YAML and the connection’s file write it.",
    placeholder: "mappings:\n  sale:\n    lines:",
  },
};

export const fileTypes: Record<FileFormat, { readonly accept: string; readonly type: string }> = {
  csv: { accept: ".csv,.txt,.tsv,text/csv,text/plain", type: "text/csv;charset=utf-8" },
  yaml: { accept: ".yaml,.yml,text/yaml,application/yaml", type: "application/yaml;charset=utf-8" },
};

export const listReaders: Record<Exclude<ListFormat, "yaml">, (text: string) => ReadList> = {
  lines: readPastedLines,
  csv: readLinesCsv,
};

/** The lines as typed, saved or not, as a file. */
export function fileOf(
  format: FileFormat,
  name: string,
  document: MappingDocument,
): { name: string; text: string } {
  const text = format === "csv" ? linesCsv(document) : mappingYaml(name, document);
  return { name: `${name.replace(/[^\p{L}\p{N}_-]+/gu, "-")}.${format}`, text };
}

interface Taken {
  /** How many lines come from the text. */
  readonly count: number;
  /** Which records take part changes, too. */
  readonly hasFilter?: boolean;
  /** What becomes of orders, too. */
  readonly hasSales?: boolean;
}

/** "22 lines, the filter and the sales rules" */
export function wordsOfTaken({ count, hasFilter, hasSales }: Taken): string {
  const parts = [
    counted(count, "line"),
    ...(hasFilter ? ["the filter"] : []),
    ...(hasSales ? ["the sales rules"] : []),
  ];
  const last = parts.at(-1) ?? "";
  return parts.length > 1 ? `${parts.slice(0, -1).join(", ")} and ${last}` : last;
}

/** What was done, for the notice that undoes it. */
export function wordsOfReplacement(format: ListFormat, taken: Taken): string {
  const source = { lines: "pasted", csv: "taken from the CSV", yaml: "loaded from YAML" }[format];
  return `${wordsOfTaken(taken)} ${source}`;
}
