/**
 * Breaks a JSON text into lines without reading its values: digits, escapes and the order of keys stay as they came.
 * A text that is not JSON comes back much as it was.
 */
export function indentJson(text: string): string {
  let depth = 0;
  let line = "";
  const lines: string[] = [];
  const push = () => {
    if (line.trim() !== "") lines.push("  ".repeat(depth) + line.trim());
    line = "";
  };
  for (const token of text.match(/"(?:[^"\\]|\\.)*"?|[{}[\],:]|[^"{}[\],:]+/gs) ?? []) {
    if (token === "{" || token === "[") {
      line += token;
      push();
      depth++;
    } else if (token === "}" || token === "]") {
      push();
      depth = Math.max(0, depth - 1);
      line = token;
    } else if (token === ",") {
      line += token;
      push();
    } else line += token === ":" ? ": " : token.startsWith('"') ? token : token.trim();
  }
  push();
  return lines.join("\n");
}
