/** One mapping as YAML, in the words in which a connection's file writes mappings, both ways. */
import { Document } from "yaml";
import { z } from "zod";
import { readYaml, type YamlProblem } from "../../yaml-file";
import { lineSchema, mappingDocumentSchema, type MappingDocument, type MappingLine } from "../document";
import type { SalesRules } from "../sales/sales";
import { listLimit } from "./list-entry";

const { target, ...policies } = lineSchema.shape;
const document = mappingDocumentSchema.shape;

/** A text is the line's expression. */
const lineOfMap = z.preprocess(
  (value) => (typeof value === "string" ? { expression: value } : value),
  z.strictObject(policies),
);

const mappingSchema = z.strictObject({
  ...document,
  lines: z.union([z.record(target, lineOfMap), document.lines]),
});

/** The other parts of a connection's file may be there too. */
const fileSchema = z
  .unknown()
  .superRefine((data, { addIssue }) => {
    const message = whyNoMappings(data);
    if (message !== null) addIssue({ code: "custom", message });
  })
  .pipe(z.looseObject({ mappings: z.record(z.string(), mappingSchema) }));

const asDownloaded =
  "Write mappings: in the first line, the mapping's name below it and lines below that, as Download YAML does";

/** What stands at the top instead of mappings; null where they are there. */
function whyNoMappings(data: unknown): string | null {
  if (Array.isArray(data)) return `it is a list, and no mapping. ${asDownloaded}.`;
  if (typeof data !== "object" || data === null)
    return `it is a single text, and no mapping. ${asDownloaded}.`;
  if ("mappings" in data) return null;
  if ("lines" in data)
    return `lines stand at the top, and it is not told of which mapping. ${asDownloaded}, with kind, object and keyField beside them.`;
  return Object.keys(data).length === 0
    ? `it is empty. ${asDownloaded}.`
    : `mappings are missing. ${asDownloaded}.`;
}

/** What is not said is the default. */
export function mappingYaml(name: string, { lines, ...header }: MappingDocument): string {
  const isMap = new Set(lines.map((line) => line.target)).size === lines.length;
  // A draft may have two lines for one field: a map would lose one of them.
  const written = isMap
    ? Object.fromEntries(lines.map(({ target: field, ...line }) => [field, inShort(line)]))
    : lines.map((line) => ({ target: line.target, ...withoutDefaults(line) }));
  const file = new Document({ mappings: { [name]: { ...header, lines: written } } });
  file.commentBefore =
    ` Mapping ${name.replaceAll(/\s+/g, " ")}: all of its lines, as a connection's file writes them. There, a line of the` +
    "\n default mapping that is not named stays; a line that is null goes.";
  return file.toString({ lineWidth: 0 });
}

type Line = Omit<MappingLine, "target">;

function inShort(line: Line): unknown {
  const said = withoutDefaults(line);
  return Object.keys(said).length === 1 ? line.expression : said;
}

const defaults: Readonly<Record<string, unknown>> = {
  onMissing: "leave",
  onInvalid: "hold",
  tooLong: "hold",
  when: "always",
  twoWay: false,
};

function withoutDefaults({ expression, ...line }: Line): Record<string, unknown> {
  const said = Object.entries(line).filter(([key, value]) => value !== undefined && value !== defaults[key]);
  return { expression, ...Object.fromEntries(said) };
}

export type MappingYamlAnswer =
  | {
      readonly ok: true;
      readonly lines: readonly MappingLine[];
      /** Which records take part; null where the text does not limit them. */
      readonly filter: string | null;
      /** What becomes of orders; null where the text has no rules for it. */
      readonly sales: SalesRules | null;
      /** For each of the lines, the 1-based line of the text where it stands; null when that is not known. */
      readonly places: readonly (number | null)[];
    }
  | { readonly ok: false; readonly problems: readonly YamlProblem[] };

/**
 * The lines of the mapping called `name`, or of the only one there is, which records take part and what becomes of orders. What
 * the mapping is for must be the same.
 */
export function readMappingYaml(
  yaml: string,
  { name, document: mine }: { readonly name: string; readonly document: MappingDocument },
): MappingYamlAnswer {
  if (yaml.length > listLimit)
    return refused([
      { sentence: `The text has more than ${listLimit} characters: that is no mapping.`, line: null },
    ]);
  const answer = readYaml(yaml, fileSchema);
  if (!answer.ok) return refused(answer.problems);
  const { mappings } = answer.data;
  const names = Object.keys(mappings);
  const found = Object.hasOwn(mappings, name) ? name : names.length === 1 ? names[0] : undefined;
  const mapping = found === undefined ? undefined : mappings[found];
  if (found === undefined || !mapping) {
    const others = names.length === 0 ? "none" : names.join(", ");
    const sentence = `mappings: there is no mapping called ${name}; there is ${others}.`;
    return refused([{ sentence, line: answer.lineOf(["mappings"]) }]);
  }
  const { lines, ...header } = mapping;
  const path = ["mappings", found];
  const differences = (["kind", "object", "keyField", "recordType"] as const).flatMap((key) =>
    header[key] === mine[key]
      ? []
      : [
          {
            sentence: `${[...path, key].join(".")}: must be ${mine[key] ?? "left out"}, as in this mapping; it never changes here.`,
            line: answer.lineOf([...path, key]),
          },
        ],
  );
  if (differences.length > 0) return refused(differences);
  const listed = Array.isArray(lines)
    ? lines
    : Object.entries(lines).map(([field, line]) => ({ target: field, ...line }));
  const whole = mappingDocumentSchema.safeParse({ ...header, lines: listed });
  if (whole.success) {
    const keys = Array.isArray(lines) ? lines.keys() : Object.keys(lines);
    const places = [...keys].map((key) => answer.lineOf([...path, "lines", key]));
    const { filter = null, sales = null } = whole.data;
    return { ok: true, lines: whole.data.lines, filter, sales, places };
  }
  const reason =
    listed.length > 500
      ? `a mapping has at most 500 lines, and here are ${listed.length}`
      : whole.error.issues.map(({ message }) => message).join("; ");
  const sentence = `${[...path, "lines"].join(".")}: ${reason}.`;
  return refused([{ sentence, line: answer.lineOf([...path, "lines"]) }]);
}

function refused(problems: readonly YamlProblem[]): MappingYamlAnswer {
  return { ok: false, problems };
}
