/** A mapping that an admin adds, beside those a new connection begins with. */
import { eq } from "drizzle-orm";
import { auditLog, connection, mapping } from "@/drizzle/schema";
import { lineOf } from "@/lib/core/mapping/defaults/defaults-contacts";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { Kind } from "@/lib/core/words";
import { transact, type Database } from "@/lib/platform/db";
import { resolveName } from "@/lib/core/mapping/published";
import type { ObjectDescribe } from "@/lib/core/side";
import type { CreateMappingResult, KeyField } from "./contract";
import { writtenAlready } from "./same-records";

export interface NewMapping {
  readonly connectionId: number;
  readonly name: string;
  readonly kind: Exclude<Kind, "order">;
  /** As documents write them, with `[p]` for the org's prefix. */
  readonly object: string;
  readonly keyField: string;
  readonly actor: string;
}

/** Only its key line is there, and nothing is published: nothing is written before an admin says so. */
export async function createMapping(db: Database, input: NewMapping): Promise<CreateMappingResult> {
  const { connectionId, name, kind, object, keyField, actor } = input;
  return transact(db, async (tx) => {
    // Two admins at once take turns.
    const [owner] = await tx
      .select({ org: connection.org })
      .from(connection)
      .where(eq(connection.id, connectionId))
      .for("no key update");
    const known = await tx
      .select({ name: mapping.name, kind: mapping.kind, draft: mapping.draft })
      .from(mapping)
      .where(eq(mapping.connectionId, connectionId));
    const taken = known.find((each) => each.name === name);
    if (taken)
      return { outcome: "refused", sentence: `There is a mapping ${name} already. Choose another name.` };
    const others = known.map(({ draft, ...each }) => ({ ...each, object: draft.object }));
    const sentence = writtenAlready({ kind, object }, others, owner?.org?.prefix ?? null);
    if (sentence !== null) return { outcome: "refused", sentence };
    const draft: MappingDocument = { kind, object, keyField, lines: [keyLine(kind, keyField)] };
    await tx.insert(mapping).values({ connectionId, name, direction: "in", kind, draft, draftBy: actor });
    await tx.insert(auditLog).values({ connectionId, actor, action: "mapping created", subject: name });
    return { outcome: "created", name };
  });
}

/** Fields of an object that can carry S-360's number, with the org's prefix as documents write it. */
export function keyFieldsOf({ fields }: ObjectDescribe, prefix: string): readonly KeyField[] {
  return fields
    .filter(
      ({ externalId, unique, createable, type }) => externalId && unique && createable && type === "text",
    )
    .map(({ name, label }) => ({ target: writtenName(name, prefix), label }));
}

/** `secutix__SyncId__c` as `[p]SyncId__c`. */
export function writtenName(name: string, prefix: string): string {
  const short = prefix !== "" && name.startsWith(prefix) ? `[p]${name.slice(prefix.length)}` : name;
  return resolveName(short, prefix) === name ? short : name;
}

function keyLine(kind: Kind, target: string) {
  const isSale = kind === "operation";
  return lineOf({
    target,
    expression: isSale ? "operation.operationId" : "contactNumber",
    required: isSale ? "S-360 operation has no operation id" : "S-360 contact has no contact number",
  });
}
