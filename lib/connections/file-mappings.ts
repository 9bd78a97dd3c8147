/** Mappings in a connection's file: only what differs from the default mappings. Pure, both ways. */
import { isDeepStrictEqual } from "node:util";
import {
  lineSchema,
  mappingDocumentSchema,
  type MappingDocument,
  type MappingLine,
} from "@/lib/core/mapping/document";
import { closest } from "@/lib/core/closest";
import { problemsOf } from "@/lib/core/schema-problems";
import type { ConnectionFile, LineChange, MappingChange } from "./file-schema";

export type Documents = ReadonlyMap<string, MappingDocument>;
export type MappingChanges = Readonly<Record<string, MappingChange | null>>;

/**
 * The mappings a file asks for: the defaults with its changes, and its own. A mapping that is null in the file, or that
 * is in neither, does not run. `problem` is told what cannot be understood, with its path.
 */
export function mappingsOf(
  defaults: Documents,
  changes: ConnectionFile["mappings"],
  problem: (sentence: string) => void,
): Map<string, MappingDocument> {
  const wanted = new Map<string, MappingDocument>();
  for (const name of new Set([...defaults.keys(), ...Object.keys(changes)])) {
    const change = changes[name];
    if (change === null) continue;
    const base = defaults.get(name) ?? null;
    const document = change ? changed(name, base, change, defaults, problem) : base;
    if (document) wanted.set(name, document);
  }
  return wanted;
}

function changed(
  name: string,
  base: MappingDocument | null,
  change: MappingChange,
  defaults: Documents,
  problem: (sentence: string) => void,
): MappingDocument | null {
  const path = `mappings.${name}`;
  if (base && change.kind && change.kind !== base.kind) {
    problem(
      `${path}.kind: the default mapping ${name} is for ${base.kind}; give a mapping for ${change.kind} a name of its own`,
    );
    return null;
  }
  const { kind, object, keyField } = { ...base, ...present(change) };
  if (!kind || !object || !keyField) {
    const near = closest(name, [...defaults.keys()]);
    const help = near
      ? `did you mean ${near}?`
      : `the default mappings are ${[...defaults.keys()].join(", ")}`;
    problem(`${path}: a mapping of its own needs kind, object and keyField; ${help}`);
    return null;
  }
  const recordType = change.recordType === undefined ? base?.recordType : (change.recordType ?? undefined);
  const filter = change.filter === undefined ? base?.filter : (change.filter ?? undefined);
  const sales = change.sales === undefined ? base?.sales : (change.sales ?? undefined);
  const lines = changedLines(path, base?.lines ?? [], change.lines, problem);
  const whole: unknown = JSON.parse(
    JSON.stringify({ kind, object, keyField, recordType, filter, sales, lines }),
  );
  const { data, error } = mappingDocumentSchema.safeParse(whole);
  for (const { sentence } of problemsOf(mappingDocumentSchema, error?.issues ?? [], whole))
    problem(`${path}.${sentence}`);
  return data ?? null;
}

function changedLines(
  path: string,
  base: readonly MappingLine[],
  changes: MappingChange["lines"],
  problem: (sentence: string) => void,
): MappingLine[] {
  const lines = new Map(base.map((line) => [line.target, line]));
  for (const [target, change] of Object.entries(changes)) {
    const linePath = `${path}.lines.${target}`;
    const line = lines.get(target);
    if (change === null) {
      if (!lines.delete(target))
        problem(`${linePath}: the default mapping has no such line to take away${hint(target, base)}`);
    } else if (!line && change.expression === undefined) {
      problem(
        `${linePath}: a line that is not in the default mapping needs an expression${hint(target, base)}`,
      );
    } else {
      lines.set(target, lineSchema.parse({ ...line, ...withoutNulls(line, change), target }));
    }
  }
  return [...lines.values()];
}

function hint(target: string, base: readonly MappingLine[]): string {
  const near = closest(
    target,
    base.map((line) => line.target),
  );
  return near ? `; did you mean ${near}?` : "";
}

/** Null takes an optional key of the default line away. */
function withoutNulls(
  line: MappingLine | undefined,
  change: NonNullable<LineChange>,
): Record<string, unknown> {
  const merged: Record<string, unknown> = { ...line };
  for (const [key, value] of Object.entries(change)) merged[key] = value ?? undefined;
  return merged;
}

function present(change: MappingChange): Partial<Pick<MappingChange, "kind" | "object" | "keyField">> {
  const { kind, object, keyField } = change;
  return { ...(kind && { kind }), ...(object && { object }), ...(keyField && { keyField }) };
}

/** What a file must say so that `mappingsOf` gives these documents (which are in normal form). */
export function mappingChanges(defaults: Documents, actual: Documents): MappingChanges {
  const changes: Record<string, MappingChange | null> = {};
  for (const name of defaults.keys()) if (!actual.has(name)) changes[name] = null;
  for (const [name, document] of actual) {
    const change = documentChange(defaults.get(name) ?? null, document);
    if (change) changes[name] = change;
  }
  return changes;
}

function documentChange(base: MappingDocument | null, document: MappingDocument): MappingChange | null {
  const { kind, object, keyField, recordType, filter, sales } = document;
  const lines: MappingChange["lines"] = {};
  for (const { target } of base?.lines ?? []) {
    if (!document.lines.some((line) => line.target === target)) lines[target] = null;
  }
  for (const line of document.lines) {
    const change = lineChange(
      base?.lines.find((candidate) => candidate.target === line.target) ?? null,
      line,
    );
    if (change) lines[line.target] = change;
  }
  const header = {
    ...(base?.kind !== kind && { kind }),
    ...(base?.object !== object && { object }),
    ...(base?.keyField !== keyField && { keyField }),
    ...(base?.recordType !== recordType && { recordType: recordType ?? null }),
    ...(base?.filter !== filter && { filter: filter ?? null }),
    ...(!isDeepStrictEqual(base?.sales, sales) && { sales: sales ?? null }),
  };
  return Object.keys({ ...header, ...lines }).length === 0 ? null : { ...header, lines };
}

function lineChange(base: MappingLine | null, line: MappingLine): LineChange {
  const before: Record<string, unknown> = {
    ...(base ?? lineSchema.parse({ target: line.target, expression: "x" })),
  };
  const after: Record<string, unknown> = { ...line };
  const change: Record<string, unknown> = {};
  for (const key of new Set([...Object.keys(before), ...Object.keys(after)])) {
    const isNew = base === null && key === "expression";
    if (isNew || !isDeepStrictEqual(before[key], after[key])) change[key] = after[key] ?? null;
  }
  return Object.keys(change).length === 0 ? null : (change as LineChange);
}

/** Whether two documents map the same, whatever the order of their lines. */
export function sameMapping(a: MappingDocument, b: MappingDocument): boolean {
  return isDeepStrictEqual(sorted(a), sorted(b));
}

function sorted(document: MappingDocument): MappingDocument {
  const { lines, ...header } = mappingDocumentSchema.parse(JSON.parse(JSON.stringify(document)));
  return { ...header, lines: lines.toSorted((a, b) => (a.target < b.target ? -1 : 1)) };
}
