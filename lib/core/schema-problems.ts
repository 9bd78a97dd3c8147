/** From what the schema refuses to sentences with path and reason. Values of secrets are never repeated. */
import { z } from "zod";
import { closest } from "./closest";
import { shortened } from "./shortened";

export type Path = readonly (string | number)[];

export interface SchemaProblem {
  readonly path: Path;
  readonly sentence: string;
  /** A key that nobody knows, and the one that was likely meant. */
  readonly meant?: { readonly wrong: string; readonly right: string };
}

type Issue = z.core.$ZodIssue;

const quietKeys = new Set(["secret", "password", "key", "clientSecret", "privateKey"]);

/** One sentence per problem, such as `salesforce.flow: must be client-credentials or jwt, got 'password'`. */
export function problemsOf(schema: z.ZodType, issues: readonly Issue[], data: unknown): SchemaProblem[] {
  return issues.flatMap((issue) => explain(schema, issue, issue.path.map(toSegment), data));
}

function explain(schema: z.ZodType, issue: Issue, path: Path, data: unknown): SchemaProblem[] {
  const value = valueAt(data, path);
  const problem = (reason: string): SchemaProblem[] => [{ path, sentence: `${nameOf(path)}: ${reason}` }];
  const absent = value === undefined ? "is missing" : value === null ? "is empty" : null;
  const refused = (wanted: string) =>
    problem(absent ? `${absent}; it ${wanted}` : `${wanted}${got(path, value)}`);
  switch (issue.code) {
    case "unrecognized_keys": {
      const known = knownKeys(schema, path);
      return issue.keys.map((key) => unknownKey(known, [...path, key], value, key));
    }
    case "invalid_type":
      return absent ? problem(absent) : refused(`must be ${typeWords[issue.expected] ?? issue.expected}`);
    case "invalid_value":
      return refused(`must be ${alternatives(issue.values.map(String))}`);
    case "invalid_union":
      return explainUnion(schema, issue, path, data, refused);
    case "too_small":
      return refused(issue.origin === "number" ? `must be at least ${issue.minimum}` : "must not be empty");
    case "too_big":
      return refused(
        issue.origin === "number"
          ? `must be at most ${issue.maximum}`
          : `must not be longer than ${issue.maximum}`,
      );
    case "invalid_key":
      return problem(`'${shortened(String(path.at(-1)))}' cannot be a name here`);
    case "custom":
    case "invalid_format":
    case "invalid_element":
    case "not_multiple_of":
    default:
      return /^must /.test(issue.message) ? refused(issue.message) : problem(issue.message);
  }
}

const typeWords: Readonly<Record<string, string>> = {
  object: "a set of keys",
  record: "a set of keys",
  array: "a list",
  string: "a text (in quotes if it looks like a number)",
  number: "a number",
  int: "a whole number",
  boolean: "true or false",
};

function explainUnion(
  schema: z.ZodType,
  issue: Extract<Issue, { code: "invalid_union" }>,
  path: Path,
  data: unknown,
  refused: (wanted: string) => SchemaProblem[],
): SchemaProblem[] {
  // Zod lists a discriminator's options on the issue, but not in the issue's type.
  const options = valueAt(issue, ["options"]);
  if (Array.isArray(options)) return refused(`must be ${alternatives(options.map(String))}`);
  const deeper = issue.errors.find((branch) =>
    branch.some((inner) => inner.path.length > 0 || inner.code === "unrecognized_keys"),
  );
  if (deeper)
    return deeper.flatMap((inner) => explain(schema, inner, [...path, ...inner.path.map(toSegment)], data));
  if (/^must /.test(issue.message)) return refused(issue.message);
  const words = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === "invalid_value" ? inner.values.map(String) : []));
  const types = issue.errors
    .flat()
    .flatMap((inner) => (inner.code === "invalid_type" ? [typeWords[inner.expected] ?? inner.expected] : []));
  return refused(`must be ${alternatives([...words, ...types])}`);
}

function unknownKey(known: readonly string[], path: Path, parent: unknown, key: string): SchemaProblem {
  const choice = ["flow", "authentication"].find((name) => valueAt(parent, [name]) !== undefined);
  if (choice && known.includes(key)) {
    return {
      path,
      sentence: `${nameOf(path)}: does not go with ${choice} ${String(valueAt(parent, [choice]))}`,
    };
  }
  const near = key.length > longestShown ? undefined : closest(key, known);
  const help = near ? `did you mean ${near}?` : `known here: ${known.join(", ")}`;
  return {
    path,
    sentence: `${nameOf(path)}: is not known; ${help}`,
    ...(near && { meant: { wrong: key, right: near } }),
  };
}

/** Characters of a name. */
const longestShown = 100;

interface JsonSchema {
  readonly properties?: Readonly<Record<string, JsonSchema>>;
  readonly additionalProperties?: JsonSchema | boolean;
  readonly items?: JsonSchema;
  readonly anyOf?: readonly JsonSchema[];
  readonly oneOf?: readonly JsonSchema[];
}

function knownKeys(schema: z.ZodType, path: Path): string[] {
  let places = [z.toJSONSchema(schema, { unrepresentable: "any" }) as JsonSchema].flatMap(branches);
  for (const segment of path) {
    places = places.flatMap((place) => {
      const next = place.properties?.[segment] ?? place.items ?? place.additionalProperties;
      return typeof next === "object" ? branches(next) : [];
    });
  }
  return [...new Set(places.flatMap((place) => Object.keys(place.properties ?? {})))];
}

function branches(schema: JsonSchema): readonly JsonSchema[] {
  const inner = [...(schema.anyOf ?? []), ...(schema.oneOf ?? [])];
  return inner.length > 0 ? inner.flatMap(branches) : [schema];
}

function got(path: Path, value: unknown): string {
  if (path.some((segment) => quietKeys.has(String(segment)))) return "";
  if (typeof value === "string") {
    return value.includes("@") || value.length > 60 ? "" : `, got '${value}'`;
  }
  if (typeof value === "number" || typeof value === "boolean") return `, got ${String(value)}`;
  return `, got ${Array.isArray(value) ? "a list" : "a set of keys"}`;
}

function alternatives(words: readonly string[]): string {
  return words.length < 2 ? words.join("") : `${words.slice(0, -1).join(", ")} or ${words.at(-1) ?? ""}`;
}

export function nameOf(path: Path): string {
  const segments = path.map((segment) => shortened(String(segment)));
  return path.length === 0 ? "the file" : segments.join(".");
}

export function valueAt(data: unknown, path: Path): unknown {
  return path.reduce<unknown>(
    (value, segment) =>
      value !== null && typeof value === "object"
        ? (value as Record<string | number, unknown>)[segment]
        : undefined,
    data,
  );
}

function toSegment(segment: PropertyKey): string | number {
  return typeof segment === "symbol" ? segment.toString() : segment;
}
