import { LineCounter, parseDocument, type Document } from "yaml";
import { isNode } from "yaml";
import { problemsOf, type FileProblem, type Path } from "./file-problems";
import { connectionFileSchema, type ConnectionFile } from "./file-schema";

/** A connection's file cannot be used. The message lists everything that is wrong; it shows no secret. */
export class ConfigFileError extends Error {
  override readonly name = "ConfigFileError";
  constructor(readonly problems: readonly string[]) {
    super(problems.join("\n"));
  }
}

/**
 * Reads and checks the YAML of one connection; defaults are filled in.
 * @throws ConfigFileError with a sentence per problem, each with its path and line
 */
export function parseConnectionFile(yaml: string): ConnectionFile {
  const lines = new LineCounter();
  const document = parseDocument(yaml, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw new ConfigFileError(
      document.errors.map((error) => `line ${lines.linePos(error.pos[0]).line}: ${firstLine(error.message)}`),
    );
  }
  const data: unknown = document.toJS();
  const parsed = connectionFileSchema.safeParse(data ?? {});
  if (parsed.success) return parsed.data;
  const problems = problemsOf(parsed.error.issues, data);
  throw new ConfigFileError(problems.map((problem) => withLine(problem, document, lines)));
}

function withLine(problem: FileProblem, document: Document.Parsed, lines: LineCounter): string {
  const offset = offsetOf(document, problem.path);
  return offset === null ? problem.sentence : `${problem.sentence} (line ${lines.linePos(offset).line})`;
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
