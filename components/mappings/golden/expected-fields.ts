import type { MappingDocument } from "@/lib/core/mapping/document";
import { fieldKeysAmong } from "@/lib/core/mapping/field-name";
import type { GoldenResult } from "@/lib/core/mapping/golden/golden";
import type { TargetField, TargetObject } from "@/lib/mappings/contract";

interface Named {
  readonly name: string;
  readonly label: string;
}

interface Known {
  readonly document: MappingDocument;
  readonly expected: GoldenResult;
  /** Null while the org was never asked. */
  readonly target: TargetObject | null;
  /** Chosen in the form. */
  readonly added: readonly string[];
}

/** The fields an expectation speaks of, in the order of the lines, and those it could speak of. */
export function expectedFields({ document, expected, target, added }: Known): {
  readonly shown: readonly Named[];
  readonly others: readonly Named[];
} {
  const fields = target?.fields ?? [];
  const keyOf = fieldKeysAmong(
    fields.map(({ name }) => name),
    document.lines.map(({ target }) => target),
  );
  const ofLine = (line: string) => fields.find((field) => keyOf(field.name) === keyOf(line));
  const filled = document.lines.flatMap((line) => ofLine(line.target)?.name ?? []);
  const names = [
    ...new Set([...filled, ...Object.keys(expected.fields), ...(expected.open ?? []), ...added]),
  ];
  const labelled = (name: string) => ({
    name,
    label: fields.find((field) => field.name === name)?.label ?? name,
  });
  const free = ({ name, notWritable }: TargetField) => notWritable === null && !names.includes(name);
  return {
    shown: names.map(labelled),
    others: fields.filter(free).map(({ name, label }) => ({ name, label })),
  };
}
