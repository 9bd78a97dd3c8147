/** Examples with the venue's own values. Pure. */
import { meantFilter, pathInFilter } from "@/lib/core/mapping/filter/meant";
import { compiledPath, type EditorSource } from "../source/source";

export interface Example {
  readonly text: string;
  readonly means: string;
}

export function examplesOf(source: EditorSource): readonly Example[] {
  const paths = textsFirst(source);
  const plain = paths.filter((path) => !path.includes("("));
  const [first = "contactNumber", second = "function"] = plain.filter((path) => /[./]/.test(path));
  const flagged = paths.find((path) => /\([^=]+\)/.test(path));
  const coded =
    paths.find((path) => /=.*\)[./](allowed|value)$/.test(path)) ?? paths.find((path) => path.includes("="));
  const neighbour =
    flagged && paths.find((path) => path !== flagged && path.startsWith(flagged.replace(/[^./]+$/, "")));
  const looked = lookedUp(source);
  return [
    { text: first, means: "One value. Points and slashes mean the same." },
    ...(flagged ? [{ text: flagged, means: "Of a list, the first element whose flag is set." }] : []),
    ...(coded ? [{ text: coded, means: "Of a list, the first element with this code." }] : []),
    ...(coded?.endsWith("allowed") ? [{ text: `!${coded}`, means: "The opposite: yes becomes no." }] : []),
    {
      text: `${first} + ${second}`,
      means: "Two values with a space between; an empty one is left out with its space.",
    },
    { text: `${first} + ", " + ${second}`, means: "With another text between them." },
    ...(flagged && neighbour ? [{ text: `${flagged} + EOL + ${neighbour}`, means: "On a line each." }] : []),
    ...(looked
      ? [{ text: `valueMap(${looked.map}, ${looked.path})`, means: "A code looked up in a value map." }]
      : []),
    { text: `first(${first}, ${second})`, means: "The first of them that is not empty." },
    { text: '"From S-360"', means: "Always this text." },
  ];
}

/** A path that an admin of this venue knows. */
export function examplePath({ paths }: Pick<EditorSource, "paths">): string {
  const known = "addresses(main)/town";
  if (paths.length === 0 || paths.includes(known)) return known;
  return paths.find((path) => /[./]/.test(path)) ?? paths[0] ?? known;
}

/** A condition that some of the venue's records meet. */
export function exampleCondition(source: EditorSource): string {
  const code = source.paths.find((path) => {
    const seen = source.seen.at(path);
    return seen?.type === "code" && seen.example !== null && !seen.list && !path.includes("(");
  });
  const example = code === undefined ? null : source.seen.at(code)?.example;
  return code !== undefined && example
    ? `${stored(code, source)} = ${JSON.stringify(example)}`
    : 'state = "ACTIVE"';
}

/** Conditions that a filter may be, from the simple to those about lists. */
export function filterExamplesOf(source: EditorSource): readonly Example[] {
  const { paths, seen, model } = source;
  const flag = paths.find((path) => path.includes("=") && seen.at(path)?.type === "boolean");
  const among = amongExample(source);
  return [
    { text: exampleCondition(source), means: "Records with this code. Codes and texts stand in quotes." },
    ...(among ? [{ text: among, means: "Records with it among the values of a list." }] : []),
    ...(flag
      ? [{ text: pathInFilter(flag, model), means: "Records whose element with this code says yes." }]
      : []),
  ];
}

/** `"CH" in addresses.countryCode` */
function amongExample({ paths, seen, model }: EditorSource): string | null {
  for (const path of paths) {
    const example = seen.at(path)?.type === "code" && !path.includes("(") ? seen.at(path)?.example : null;
    const compared = example && `${pathInFilter(path, model)} = ${JSON.stringify(example)}`;
    const meant = compared ? meantFilter(compared, model, new Set()) : null;
    if (meant) return meant.text;
  }
  return null;
}

/** How a function of ours is called with a value that it is for; null where the venue has none. */
export function exampleOfFunction(name: string, source: EditorSource): string | null {
  const paths = textsFirst(source);
  const text = (path: string | undefined) => (path === undefined ? null : stored(path, source));
  const typed = (...types: readonly string[]) =>
    text(paths.find((path) => types.includes(source.seen.at(path)?.type ?? "")));
  const named = (word: RegExp) => text(paths.find((path) => word.test(path)));
  const [a, b] = paths.filter((path) => !path.includes("(")).map((path) => stored(path, source));
  const looked = lookedUp(source);
  const call = (...args: readonly (string | null | undefined)[]) =>
    args.every((arg) => typeof arg === "string") ? `$${name}(${args.join(", ")})` : null;
  switch (name) {
    case "first":
      return a && b ? call(`[${a}, ${b}]`) : null;
    case "joinParts":
      return call('", "', a, b);
    case "lines":
      return call(a, b);
    case "around":
      return call('"("', a, '")"');
    case "opposite":
      return call(typed("boolean"));
    case "valueMap":
      return looked && call(JSON.stringify(looked.map), stored(looked.path, source));
    case "phone":
      return call(named(/phone$/i));
    case "country":
      return call(named(/country(code)?$/i));
    case "date":
    case "dateTime":
      return call(typed("dateTime", "date"));
    case "money":
    case "moneyText":
      return call(typed("money"));
    case "toNumber":
      return call(typed("number", "text"));
    case "pick":
      return call(a, '["A", "B"]');
    default:
      return null;
  }
}

/** A path as it is stored. */
function stored(path: string, source: EditorSource): string {
  return compiledPath(path, source).expression ?? path;
}

/** Texts say most in an example. */
function textsFirst({ paths, seen }: EditorSource): readonly string[] {
  const isText = (path: string) => seen.at(path)?.type === "text";
  return [...paths.filter(isText), ...paths.filter((path) => !isText(path))];
}

/** A value map with a value whose codes it is likely for. */
function lookedUp({
  paths,
  valueMaps,
}: EditorSource): { readonly map: string; readonly path: string } | null {
  for (const map of valueMaps) {
    const word = map.toLowerCase().replace(/(ies|es|s)$/, "");
    const path = paths.find((each) => /[^./]*$/.exec(each)?.[0].toLowerCase().startsWith(word));
    if (path !== undefined) return { map, path };
  }
  const [map, path] = [valueMaps[0], paths[0]];
  return map === undefined || path === undefined ? null : { map, path };
}
