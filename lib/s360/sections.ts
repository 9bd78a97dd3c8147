import { sectionNames } from "@/lib/core/connection-settings";

type SectionName = (typeof sectionNames)[number];

/** Which top-level keys of a contact each detail of S-360's back office brings (s360.md §1.2, §1.4). */
const keysByName: Readonly<Partial<Record<SectionName, readonly string[]>>> = {
  ADDRESSES: ["addresses"],
  AUTHORIZATIONS: ["authorizations"],
  COM_MEANS: ["communicationMeans"],
  CONNECTIONS: ["contactConnections"],
  CRITERIA: ["contactCriteria"],
  INDICATORS: ["indicators"],
  QUALITIES: ["contactQualities"],
  ADVANTAGES: ["advantages"],
  FINANCIAL: ["financialData"],
};

const nameByKey = new Map(
  Object.entries(keysByName).flatMap(([name, keys]) =>
    keys.map((key) => [key, name as SectionName] as const),
  ),
);

/**
 * Whether S-360 was told to send the section that a top-level key belongs to. Keys of no other section are GENERAL;
 * `operation` and `order`, the roots of a sale, are always sent whole.
 */
export function selectedSections(selected: readonly SectionName[]): (key: string) => boolean {
  const names = new Set(selected);
  return (key) => key === "operation" || key === "order" || names.has(nameByKey.get(key) ?? "GENERAL");
}
