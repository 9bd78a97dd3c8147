import { defaultMappings } from "@/lib/core/mapping/defaults";
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { mappingDocumentSchema } from "@/lib/core/mapping/document";
import type { Documents } from "./file-mappings";

/** The mappings that a connection with these settings starts with, by name. */
export function defaultDocuments(
  settings: Pick<ConnectionSettings, "individualsAs" | "account" | "saleObject">,
): Documents {
  const documents = Object.entries(defaultMappings(settings));
  return new Map(documents.map(([name, document]) => [name, mappingDocumentSchema.parse(document)]));
}
