/** YAML that is held to a schema: what is wrong is told in sentences, with the line it stands on. */
import { isNode, LineCounter, parseDocument, type Document } from "yaml";
import type { z } from "zod";
import { problemsOf, type Path, type SchemaProblem } from "./schema-problems";

export interface YamlProblem {
  readonly sentence: string;
  /** 1-based; null when it stands nowhere. */
  readonly line: number | null;
  /** A key that nobody knows, and the one that was likely meant. */
  readonly meant?: SchemaProblem["meant"];
}

export type YamlAnswer<T> =
  | { readonly ok: true; readonly data: T; readonly lineOf: (path: Path) => number | null }
  | {
      readonly ok: false;
      /** It is YAML, and the schema refuses it. */
      readonly isRead: boolean;
      readonly problems: readonly YamlProblem[];
    };

/** Reads and checks; defaults of the schema are filled in. Never throws. */
export function readYaml<T>(yaml: string, schema: z.ZodType<T>): YamlAnswer<T> {
  const lines = new LineCounter();
  const read = documentOf(yaml, lines);
  if ("problems" in read) return { ok: false, isRead: false, problems: read.problems };
  const { document, data } = read;
  const lineOf = (path: Path) => {
    const offset = offsetOf(document, path);
    return offset === null ? null : lines.linePos(offset).line;
  };
  const parsed = schema.safeParse(data ?? {});
  if (parsed.success) return { ok: true, data: parsed.data, lineOf };
  const problems = problemsOf(schema, parsed.error.issues, data);
  return {
    ok: false,
    isRead: true,
    problems: problems.map(({ path, sentence, meant }) => ({
      ...{ sentence, line: lineOf(path) },
      ...(meant && { meant }),
    })),
  };
}

type ReadDocument =
  | { readonly document: Document.Parsed; readonly data: unknown }
  | { readonly problems: readonly YamlProblem[] };

function documentOf(yaml: string, lines: LineCounter): ReadDocument {
  try {
    const document = parseDocument(yaml, { lineCounter: lines });
    if (document.errors.length > 0) {
      const problems = document.errors.map((error) => ({
        sentence: firstLine(error.message),
        line: lines.linePos(error.pos[0]).line,
      }));
      return { problems };
    }
    return { document, data: document.toJS() as unknown };
  } catch (error) {
    // Nesting without end, and aliases that multiply.
    if (error instanceof RangeError || error instanceof ReferenceError)
      return {
        problems: [{ sentence: "The file is nested too deeply, or repeats itself too often.", line: null }],
      };
    throw error;
  }
}

/** Where a value stands, or the nearest thing around it for one that is missing. */
function offsetOf(document: Document.Parsed, path: Path): number | null {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return null;
}

/** The library's messages go on with an excerpt of the file, which may hold a secret. */
function firstLine(message: string): string {
  return (message.split("\n")[0] ?? message).replace(/ at line \d+, column \d+:?$/, "");
}
