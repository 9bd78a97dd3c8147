import { isDeepStrictEqual } from "node:util";
import { mappingDocumentSchema, type MappingDocument } from "@/lib/core/mapping/document";

/** Whether two documents say the same, defaults spelled out or not. The order of lines counts: admins chose it. */
export function sameDocument(a: MappingDocument, b: MappingDocument): boolean {
  return isDeepStrictEqual(normalDocument(a), normalDocument(b));
}

/** The document with its defaults filled in and without keys that hold nothing. */
export function normalDocument(document: MappingDocument): MappingDocument {
  const plain = withoutEmptyKeys(document);
  const { data } = mappingDocumentSchema.safeParse(plain);
  // What was stored before a rule was made is compared as it is.
  return data ? withoutEmptyKeys(data) : plain;
}

function withoutEmptyKeys(document: MappingDocument): MappingDocument {
  return JSON.parse(JSON.stringify(document)) as MappingDocument;
}
