import { defaultMappings, type DefaultsChoice } from "@/lib/core/mapping/defaults/defaults";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import type { Documents } from "./file-mappings";

/** The mappings that a connection with these settings starts with, by name. */
export function defaultDocuments(choice: DefaultsChoice): Documents {
  return new Map(
    defaultMappings(choice).map(({ name, document }) => [name, mappingDocumentSchema.parse(document)]),
  );
}
