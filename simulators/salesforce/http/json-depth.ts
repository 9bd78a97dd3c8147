/** As deep as the JSON reader under Salesforce's REST API goes (Jackson, `StreamReadConstraints`, maximum nesting depth). */
const MAX_DEPTH = 1000;

/**
 * What is wrong with a JSON value that nests too deep for whatever walks through it; undefined when it does not. Looks
 * at one level after the other, as walking down would itself break on such a value.
 */
export function depthProblem(value: unknown): string | undefined {
  let level = [value].filter(isNesting);
  for (let depth = 1; level.length > 0; depth++) {
    if (depth > MAX_DEPTH) {
      return `Document nesting depth (${depth}) exceeds the maximum allowed (${MAX_DEPTH})`;
    }
    const below: object[] = [];
    for (const outer of level) {
      for (const inner of Object.values(outer) as unknown[]) if (isNesting(inner)) below.push(inner);
    }
    level = below;
  }
  return undefined;
}

function isNesting(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
