/**
 * Which names mean one field (or one object) of the org. `[p]X` is what a document writes for a name of the package, so
 * that one document fits orgs that have the package's prefix and orgs that do not. Salesforce reads names in any case.
 */
import { resolveName } from "./published";

/** Of the managed package; fields that came without it have none. */
const managedPrefix = "secutix__";
const packagePrefix = /^(\[p\]|secutix__)/i;

/** The name without the package's prefix, in lower case. */
export function bareName(name: string): string {
  return name.replace(packagePrefix, "").toLowerCase();
}

/**
 * What two names of one field have in common, for comparing and for keys of a Map. While the org's prefix is not known
 * (null), `[p]X`, `X` and `secutix__X` count as one field: which of them the org has is not known, and a field that is filled
 * twice, or a key that is taken for another field, harms more than a question too many.
 */
export function fieldKey(name: string, prefix: string | null): string {
  return prefix === null ? bareName(name) : resolveName(name, prefix).toLowerCase();
}

/**
 * The same for documents of one org among themselves, whose prefix is not known. `[p]X` is the package's where they name
 * both `X` and `secutix__X`, or one of them names both `X` and `[p]X` (a package beside the fields it took the place of):
 * these are two fields. One document with `X` and another with `[p]X` write one field in two ways.
 */
export function fieldKeysAmong(...documents: readonly Iterable<string>[]): (name: string) => string {
  const written = new Set<string>();
  const both = new Set<string>();
  for (const document of documents) {
    const here = new Set([...document].map((name) => name.toLowerCase()));
    for (const name of here) {
      written.add(name);
      if (name.startsWith("[p]") && here.has(bareName(name))) both.add(bareName(name));
    }
  }
  for (const name of written) if (written.has(managedPrefix + name)) both.add(name);
  return (name) => fieldKey(name, both.has(bareName(name)) ? managedPrefix : null);
}

/**
 * The same where a field has to be there: while the prefix is not known only names that are written alike count as one,
 * as the org may have one of them and not the other.
 */
export function sureFieldKey(name: string, prefix: string | null): string {
  return prefix === null ? name.toLowerCase() : fieldKey(name, prefix);
}

/** Whether both names mean the same field, or the same object. `prefix`: the org's; null while it is not known. */
export function sameField(a: string, b: string, prefix: string | null): boolean {
  return fieldKey(a, prefix) === fieldKey(b, prefix);
}
