/** The inverse of `parseExact` (json.ts): ids that became text because a number cannot hold them are numbers again. */

const integer = /^-?[1-9]\d{15,}$/;

/**
 * JSON text of a JSON-like value. In members of the given names, a text that is an integer beyond 2^53 is written as
 * that integer, digit by digit; everything else is written as JSON.stringify does.
 */
export function writeExact(value: unknown, longMembers: ReadonlySet<string>): string {
  const write = (node: unknown, isLong: boolean): string => {
    if (typeof node === "string" && isLong && integer.test(node) && !Number.isSafeInteger(Number(node))) {
      return node;
    }
    if (Array.isArray(node)) return `[${node.map((entry: unknown) => write(entry, isLong)).join(",")}]`;
    if (node === null || typeof node !== "object") return JSON.stringify(node) ?? "null";
    const members = Object.entries(node).filter(([, entry]) => entry !== undefined);
    const texts = members.map(
      ([name, entry]) => `${JSON.stringify(name)}:${write(entry, longMembers.has(name))}`,
    );
    return `{${texts.join(",")}}`;
  };
  return write(value, false);
}
