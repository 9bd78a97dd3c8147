/** How large a record may be that is kept as a golden sample: all are tried while somebody waits. */

/** Characters of its JSON; the largest orders of S-360 stay well below. */
const most = 256 * 1024;
const deepest = 64;

/** Why the record cannot be a sample, as the end of a sentence; null when it can. */
export function whyTooLarge(source: unknown): string | null {
  if (isDeeper(source)) return `is nested deeper than ${deepest} levels`;
  return JSON.stringify(source).length > most ? "is larger than 256 KB" : null;
}

function isDeeper(source: unknown): boolean {
  let level = [source];
  for (let depth = 0; depth <= deepest; depth++) {
    level = level.flatMap((value) =>
      typeof value === "object" && value !== null ? Object.values(value) : [],
    );
    if (level.length === 0) return false;
  }
  return true;
}
