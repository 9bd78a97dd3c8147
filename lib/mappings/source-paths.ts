import type { SourcePath } from "./contract";

const mostPaths = 400;
const deepest = 8;
const exampleLength = 60;

/**
 * The values of a source with the JSONata path that reads each, in the order of the source. Of lists the path reads
 * all elements and the first gives the example; elements told apart by a code get a path each.
 */
export function sourcePaths(source: unknown): SourcePath[] {
  const found = new Map<string, SourcePath>();
  walk(source, "", 0, found);
  return [...found.values()];
}

function walk(value: unknown, path: string, depth: number, found: Map<string, SourcePath>): void {
  if (found.size >= mostPaths || depth > deepest) return;
  if (Array.isArray(value)) return walkList(value, path, depth, found);
  if (typeof value === "object" && value !== null) {
    for (const [key, inner] of Object.entries(value)) {
      const name = nameInPath(key);
      if (name) walk(inner, path === "" ? name : `${path}.${name}`, depth + 1, found);
    }
    return;
  }
  if (path === "" || value === undefined) return;
  const known = found.get(path);
  if (!known || known.example === "null") found.set(path, { path, example: exampleOf(value) });
}

function walkList(
  list: readonly unknown[],
  path: string,
  depth: number,
  found: Map<string, SourcePath>,
): void {
  const code = codeKey(list, path);
  for (const item of list) {
    const value = code && (item as Record<string, unknown>)[code];
    const filter = typeof value === "string" ? `[${nameInPath(code ?? "")}=${JSON.stringify(value)}]` : "";
    walk(item, path + filter, depth, found);
  }
}

/** The key whose texts tell the elements of a list apart: `code`, or `authorizationCode` in `authorizations`. */
function codeKey(list: readonly unknown[], path: string): string | undefined {
  const [first] = list;
  if (!isObject(first)) return undefined;
  const name = path.split(".").at(-1) ?? "";
  const key = Object.keys(first).find(
    (each) => each === "code" || (each.endsWith("Code") && name.startsWith(each.slice(0, -"Code".length))),
  );
  if (key === undefined || !nameInPath(key)) return undefined;
  const codes = list.map((item) => (isObject(item) ? item[key] : undefined));
  const tellApart = codes.every((each) => typeof each === "string") && new Set(codes).size === codes.length;
  return tellApart ? key : undefined;
}

const plainName = /^[A-Za-z_][A-Za-z0-9_]*$/;
const reserved = new Set(["and", "or", "in", "true", "false", "null"]);

/** Undefined for a key that no path can name. */
function nameInPath(key: string): string | undefined {
  if (plainName.test(key) && !reserved.has(key)) return key;
  return key === "" || key.includes("`") ? undefined : `\`${key}\``;
}

function exampleOf(value: unknown): string {
  const text = JSON.stringify(value) ?? "";
  return text.length > exampleLength ? `${text.slice(0, exampleLength - 1)}…` : text;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
