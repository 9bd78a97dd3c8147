/** What a new mapping is for and called. Pure. */
import { mappingNameSchema } from "@/lib/core/mapping/document";
import type { MappingSummary } from "@/lib/mappings/contract";
import type { Choice } from "../lines/policies";

export type NewKind = "individual" | "relay" | "structure" | "operation";

export const newKinds: readonly Choice<NewKind>[] = [
  { value: "individual", label: "Individuals: people" },
  { value: "relay", label: "Relays: people who act for a structure" },
  { value: "structure", label: "Structures: companies, schools, associations" },
  { value: "operation", label: "Sales: the operations of orders" },
];

/** `individual-preferences`; with a number where that is taken. */
export function nameFor(
  kind: NewKind,
  object: string,
  mappings: readonly Pick<MappingSummary, "name">[],
): string {
  const words = object
    .replace(/__c$/, "")
    .replace(/^[A-Za-z0-9]+__/, "")
    .replace(/([a-z0-9])([A-Z])/g, "$1-$2")
    .replace(/[^A-Za-z0-9]+/g, "-")
    .toLowerCase();
  const base = [kind === "operation" ? "sale" : kind, words]
    .filter((part) => part !== "")
    .join("-")
    .slice(0, 50);
  const taken = new Set(mappings.map(({ name }) => name));
  for (let number = 1; ; number++) {
    const name = number === 1 ? base : `${base}-${number}`;
    if (!taken.has(name)) return name;
  }
}

/** Why a mapping cannot be called so; undefined when it can. */
export function problemOfName(
  name: string,
  mappings: readonly Pick<MappingSummary, "name">[],
): string | undefined {
  if (!mappingNameSchema.safeParse(name).success)
    return "Begin with a small letter, and use small letters, digits and hyphens only, at most 60.";
  return mappings.some((each) => each.name === name)
    ? `There is a mapping ${name} already. Choose another name.`
    : undefined;
}
