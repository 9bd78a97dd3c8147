import type { OrgFacts } from "./side";

/**
 * The record type that new records get: the one the admin named, else the only one that fits. Null leaves it to the
 * org's default for the integration user.
 */
export function chooseRecordType(
  facts: OrgFacts,
  object: string,
  sort: "person" | "business" | undefined,
  chosen: { readonly person?: string; readonly business?: string },
): string | null {
  if (sort === undefined) return null;
  const fitting = facts.recordTypes.filter(
    (type) => type.object === object && type.person === (sort === "person"),
  );
  const name = chosen[sort];
  if (name !== undefined) return fitting.find((type) => type.developerName === name)?.id ?? null;
  if (sort === "person") return fitting[0]?.id ?? null;
  return fitting.length === 1 ? (fitting[0]?.id ?? null) : null;
}
