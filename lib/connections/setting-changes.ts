/** Where two settings differ, such as `s360.callsPerMinute`; their values are not told. Pure. */
export function differingPaths(before: object, after: object): string[] {
  const [old, now] = [flatten(before), flatten(after)];
  const paths = new Set([...now.keys(), ...old.keys()]);
  return [...paths].filter((path) => old.get(path) !== now.get(path));
}

/** What differs between two files' settings, in plain words: `s360.callsPerMinute: 60 → 120`. Pure. */
export function settingChanges(before: object, after: object): string[] {
  const [old, now] = [flatten(before), flatten(after)];
  return differingPaths(before, after).flatMap((path) => {
    const [was, is] = [old.get(path), now.get(path)];
    // A secret's own change is told where it is stored.
    if ([was, is].every((value) => value === undefined || value.startsWith("env:"))) return [];
    return [`${path}: ${was ?? "not set"} → ${is ?? "not set"}`];
  });
}

function flatten(value: object, path: readonly string[] = []): Map<string, string> {
  const leaves = new Map<string, string>();
  for (const [key, entry] of Object.entries(value) as [string, unknown][]) {
    const here = [...path, key];
    if (entry === "" || (Array.isArray(entry) && entry.length === 0)) continue;
    if (Array.isArray(entry) && entry.some((item) => typeof item === "object")) {
      const numbered = Object.fromEntries(entry.map((item: unknown, index) => [index + 1, item]));
      for (const [leaf, text] of flatten(numbered, here)) leaves.set(leaf, text);
    } else if (Array.isArray(entry)) leaves.set(here.join("."), entry.join(", "));
    else if (entry !== null && typeof entry === "object") {
      for (const [leaf, text] of flatten(entry, here)) leaves.set(leaf, text);
    } else leaves.set(here.join("."), String(entry));
  }
  return leaves;
}
