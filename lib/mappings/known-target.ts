import { and, eq } from "drizzle-orm";
import { orgObject } from "@/drizzle/schema";
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { problemOfField } from "@/lib/core/mapping/compile";
import { protectedTargets } from "@/lib/core/mapping/defaults/defaults";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { FieldRoom } from "@/lib/core/mapping/fit/fit";
import type { MappingTarget } from "@/lib/core/mapping/evaluation";
import { fieldsLacking } from "@/lib/core/mapping/publish/publish";
import { fieldKey, sameField } from "@/lib/core/mapping/field-name";
import { resolveName } from "@/lib/core/mapping/published";
import { chooseRecordType } from "@/lib/core/record-type";
import type { FieldDescribe, OrgFacts } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";
import type { TargetField, TargetObject } from "./contract";

export interface KnownTarget {
  readonly target: MappingTarget;
  readonly askedAt: Date;
}

/**
 * The object a document writes to, as the org described it when the worker last asked, however long ago; null while it
 * was never asked. Asks nobody.
 */
export async function knownTarget(
  db: Queryable,
  connection: {
    readonly id: number;
    readonly org: OrgFacts | null;
    readonly settings: Pick<ConnectionSettings, "recordTypes">;
  },
  document: MappingDocument,
): Promise<KnownTarget | null> {
  const { org, settings } = connection;
  if (!org) return null;
  const [row] = await db
    .select({ describe: orgObject.describe, askedAt: orgObject.fetchedAt })
    .from(orgObject)
    .where(
      and(
        eq(orgObject.connectionId, connection.id),
        eq(orgObject.object, resolveName(document.object, org.prefix)),
      ),
    );
  if (!row) return null;
  const { describe, askedAt } = row;
  const recordTypeId = chooseRecordType(org, describe.name, document.recordType, settings.recordTypes);
  return { target: { prefix: org.prefix, describe, recordTypeId }, askedAt };
}

/** The fields of a known target, for choosing, in the order of their labels. */
export function targetObject({ target, askedAt }: KnownTarget, document: MappingDocument): TargetObject {
  const { name, label, fields } = target.describe;
  const required = new Set(
    fieldsLacking(document, target, []).map((needed) => fieldKey(needed, target.prefix)),
  );
  return {
    name,
    label,
    askedAt: askedAt.toISOString(),
    prefix: target.prefix,
    fields: fields
      .map((field) => targetField(field, document, target, required.has(field.name.toLowerCase())))
      .sort((a, b) => a.label.localeCompare(b.label, "en")),
  };
}

function targetField(
  field: FieldDescribe,
  document: MappingDocument,
  target: MappingTarget,
  required: boolean,
): TargetField {
  const { name, label, referenceTo } = field;
  return {
    target: writtenName(name, document, target.prefix),
    name,
    label,
    type: typeWords(field),
    isBoolean: field.type === "boolean",
    room: roomOf(field),
    referenceTo: field.type === "reference" ? referenceTo : [],
    required,
    notWritable: problemOfField(name, field, target) ?? null,
  };
}

/** Values that are only offered: a picklist that is not restricted takes others too. */
const mostOffered = 200;

function roomOf({ label, type, length, restrictedPicklist, picklistValues }: FieldDescribe): FieldRoom {
  return {
    label,
    type,
    length,
    restrictedPicklist,
    picklistValues: restrictedPicklist ? picklistValues : picklistValues.slice(0, mostOffered),
  };
}

/** The form documents use, so that a line that was taken out and put back is the same line. */
function writtenName(name: string, document: MappingDocument, prefix: string): string {
  const known = [document.keyField, ...protectedTargets, ...document.lines.map((line) => line.target)];
  const same = known.find((written) => sameField(written, name, prefix));
  if (same !== undefined) return same;
  return prefix !== "" && name.startsWith(prefix) ? `[p]${name.slice(prefix.length)}` : name;
}

function typeWords({ type, length, referenceTo }: FieldDescribe): string {
  switch (type) {
    case "text":
    case "textarea":
      return length > 0 ? `${type === "text" ? "text" : "long text"}(${length})` : "text";
    case "boolean":
      return "checkbox";
    case "reference":
      return `lookup(${referenceTo.join(", ")})`;
    case "datetime":
      return "date and time";
    case "multipicklist":
      return "multi-select picklist";
    case "email":
    case "phone":
    case "url":
    case "integer":
    case "number":
    case "date":
    case "picklist":
    case "id":
    case "other":
      return type;
  }
}

/**
 * Runs `ask` with the object's describe counted as out of date, so that the org itself is asked. When that fails what
 * was known stays known.
 */
export async function askAfresh<T>(
  db: Queryable,
  object: { readonly connectionId: number; readonly name: string },
  ask: () => Promise<T>,
): Promise<T> {
  const row = and(eq(orgObject.connectionId, object.connectionId), eq(orgObject.object, object.name));
  const [known] = await db.select({ fetchedAt: orgObject.fetchedAt }).from(orgObject).where(row);
  if (!known) return ask();
  await db
    .update(orgObject)
    .set({ fetchedAt: new Date(0) })
    .where(row);
  try {
    return await ask();
  } catch (error) {
    await db.update(orgObject).set({ fetchedAt: known.fetchedAt }).where(row);
    throw error;
  }
}
