/** YAML that is held to a schema: what is wrong is told in sentences, with the line it stands on. */
import {
  isAlias,
  isMap,
  isNode,
  isScalar,
  LineCounter,
  parseDocument,
  visit,
  type Document,
  type YAMLMap,
} from "yaml";
import type { z } from "zod";
import { shortened } from "./shortened";
import { yamlSentence } from "./yaml-sentences";
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
  const problems: SchemaProblem[] = [];
  for (const issue of parsed.error.issues) {
    if (problems.length > most) break;
    problems.push(...problemsOf(schema, [issue], data));
  }
  const said = problems.slice(0, most).map(({ path, sentence, meant }) => ({
    ...{ sentence, line: lineOf(path) },
    ...(meant && { meant }),
  }));
  return { ok: false, isRead: true, problems: problems.length > most ? [...said, andMore] : said };
}

/** Nobody reads more of them. */
const most = 50;
const andMore: YamlProblem = { sentence: "There is more wrong than that.", line: null };

/** The parser takes a few hundred bytes of memory for a character. */
const longest = 4_000_000;

type ReadDocument =
  | { readonly document: Document.Parsed; readonly data: unknown }
  | { readonly problems: readonly YamlProblem[] };

function documentOf(yaml: string, lines: LineCounter): ReadDocument {
  if (yaml.length > longest) return refused(`The file has more than ${longest} characters.`);
  try {
    // Pretty errors go on with an excerpt of the file, which may hold a secret.
    const document = parseDocument(yaml, { lineCounter: lines, uniqueKeys: false, prettyErrors: false });
    if (document.errors.some(({ message }) => message.startsWith(deep))) return refused(tooDeep);
    const problems = [
      ...document.errors.map(({ code, message, pos }) => ({
        sentence: yamlSentence(code, message),
        offset: pos[0],
      })),
      ...refusedNodes(document),
    ];
    if (problems.length === 0) return { document, data: document.toJS() as unknown };
    const said = onePerLine(
      problems.map(({ sentence, offset }) => ({ sentence, line: lines.linePos(offset).line })),
    );
    return { problems: said.length > most ? [...said.slice(0, most), andMore] : said };
  } catch (error) {
    if (error instanceof RangeError) return refused(tooDeep);
    // Aliases that multiply.
    if (error instanceof ReferenceError) return refused(tooOften);
    throw error;
  }
}

/** One mistake makes the parser stumble several times: the first sentence is about it, the others about what came of it. */
function onePerLine(problems: readonly YamlProblem[]): readonly YamlProblem[] {
  const seen = new Set<number | null>();
  return problems.filter(({ line }) => !seen.has(line) && seen.add(line));
}

/** What the parser says when the machine's stack is used up. */
const deep = "Maximum call stack";
const tooDeep = "The file is nested too deeply.";
const tooOften = "The file repeats itself too often (aliases with *). Write out what they stand for.";

function refused(sentence: string): ReadDocument {
  return { problems: [{ sentence, line: null }] };
}

interface RefusedNode {
  readonly sentence: string;
  readonly offset: number;
}

/** The library looks for what an alias stands for among all that has a name. */
const mostAliases = 1_000;

/**
 * What YAML allows and these files do not. The library has a check of its own for keys that are there twice, which compares
 * each key with all before it: minutes for a long map.
 */
function refusedNodes(document: Document.Parsed): RefusedNode[] {
  const found: RefusedNode[] = [];
  const anchors = new Set<string>();
  let aliases = 0;
  visit(document, (_key, node) => {
    if (!isNode(node)) return undefined;
    const refuse = (sentence: string) => found.push({ sentence, offset: node.range?.[0] ?? 0 });
    if (isMap(node)) found.push(...refusedKeys(node));
    if (node.tag !== undefined && !plainTags.has(node.tag))
      refuse(`The tag ${shown(node.tag)} has no meaning here.`);
    if (!isAlias(node)) {
      if (node.anchor !== undefined) anchors.add(node.anchor);
      return undefined;
    }
    if (!anchors.has(node.source))
      refuse(`The alias *${shown(node.source)} has no &${shown(node.source)} before it.`);
    if (++aliases <= mostAliases) return undefined;
    refuse(tooOften);
    return visit.BREAK;
  });
  return found;
}

const plainTags = new Set(
  ["str", "int", "float", "bool", "null", "map", "seq"].map((name) => `tag:yaml.org,2002:${name}`),
);

function refusedKeys({ items }: YAMLMap): RefusedNode[] {
  const seen = new Set<string>();
  return items.flatMap(({ key }) => {
    if (!isScalar(key) || !key.range) return [];
    const name = String(key.value);
    const offset = key.range[0];
    if (name === "__proto__") return [{ sentence: `No key can be called ${name}.`, offset }];
    if (seen.has(name)) return [{ sentence: `The key ${shown(name)} is there twice.`, offset }];
    seen.add(name);
    return [];
  });
}

function shown(name: string): string {
  return shortened(name.replace("tag:yaml.org,2002:", "!!"));
}

/** Where a value stands, or the nearest thing around it for one that is missing. */
function offsetOf(document: Document.Parsed, path: Path): number | null {
  for (let length = path.length; length > 0; length--) {
    const node: unknown = document.getIn(path.slice(0, length), true);
    if (isNode(node) && node.range) return node.range[0];
  }
  return null;
}
