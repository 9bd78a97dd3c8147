import type { MappingDocument } from "@/lib/core/mapping/document";
import { sameField } from "@/lib/core/mapping/field-name";
import type { FieldDescribe } from "@/lib/core/side";
import { contactKinds, type ContactKind } from "@/lib/core/words";
import { knownTarget } from "@/lib/mappings/known-target";
import { published } from "@/lib/mappings/published";
import type { Queryable } from "@/lib/platform/db";
import { missingForContactsBack } from "./contacts-back";
import type { RulesDetail } from "./contract";
import { credentialReferences } from "./credentials";
import { loadConnection, type Connection } from "./load";
import { storedRules } from "./rules";

/** The rules of an institution's connection and what a person needs to judge them; null when there is none. */
export async function rulesDetail(
  db: Queryable,
  institution: string,
  mailSetUp: boolean,
): Promise<RulesDetail | null> {
  const connection = await loadConnection(db, institution);
  const stored = connection && (await storedRules(db, connection.id));
  if (!stored) return null;
  return {
    ...stored,
    institution,
    name: connection.name,
    missing: missingForContactsBack(connection.settings, await credentialReferences(db, connection.id)),
    fields: await readableFields(db, connection),
    filled: await filledFields(db, connection),
    mailSetUp,
  };
}

/** What the change feed can read for a condition (lib/worker/feed-plan.ts): neither lookups nor our own key. */
async function readableFields(db: Queryable, connection: Connection): Promise<RulesDetail["fields"]> {
  const { mappings } = await published(db, connection.id);
  const known = async (kind: ContactKind): Promise<readonly string[] | null> => {
    const found = mappings.find((mapping) => mapping.kind === kind);
    const target = found && (await knownTarget(db, connection, found.document))?.target;
    if (!target) return null;
    const { keyField } = found.document;
    return target.describe.fields
      .filter(({ name, type }) => type !== "reference" && !sameField(name, keyField, target.prefix))
      .map(({ name }) => name);
  };
  const entries = await Promise.all(contactKinds.map(async (kind) => [kind, await known(kind)] as const));
  return Object.fromEntries(entries) as Record<ContactKind, readonly string[] | null>;
}

/** What matching rules can compare: fields that a line of a mapping gives a value. */
async function filledFields(db: Queryable, connection: Connection): Promise<RulesDetail["filled"]> {
  const { mappings } = await published(db, connection.id);
  const filledBy = async (document: MappingDocument): Promise<readonly FieldDescribe[] | null> => {
    const known = await knownTarget(db, connection, document);
    if (!known) return null;
    const { describe, prefix } = known.target;
    const isFilled = (name: string) =>
      !sameField(name, document.keyField, prefix) &&
      document.lines.some(({ target }) => sameField(target, name, prefix));
    return describe.fields
      .filter(({ name }) => isFilled(name))
      .map((field) => ({ ...field, picklistValues: [] }));
  };
  const of = async (kind: ContactKind): Promise<RulesDetail["filled"][ContactKind]> => {
    const own = mappings.filter((mapping) => mapping.kind === kind);
    const filled = await Promise.all(own.map(({ document }) => filledBy(document)));
    return filled.every((fields) => fields !== null) ? filled : null;
  };
  const entries = await Promise.all(contactKinds.map(async (kind) => [kind, await of(kind)] as const));
  return Object.fromEntries(entries) as RulesDetail["filled"];
}
