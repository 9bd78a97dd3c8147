const INDENT = "  ";

/** JSON as Salesforce prints it under `X-PrettyPrint: 1`: two spaces, ` : ` after names, arrays opened on the same line. */
export function prettyJson(value: unknown, depth = 0): string {
  if (Array.isArray(value)) {
    if (value.length === 0) return "[ ]";
    return `[ ${value.map((item) => prettyJson(item ?? null, depth)).join(", ")} ]`;
  }
  if (typeof value !== "object" || value === null) return JSON.stringify(value);
  const entries = Object.entries(value).filter(([, item]) => item !== undefined);
  if (entries.length === 0) return "{ }";
  const inner = INDENT.repeat(depth + 1);
  const lines = entries.map(
    ([name, item]) => `${inner}${JSON.stringify(name)} : ${prettyJson(item, depth + 1)}`,
  );
  return `{\n${lines.join(",\n")}\n${INDENT.repeat(depth)}}`;
}
