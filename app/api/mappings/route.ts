import { z } from "zod";
import { connectionOf } from "@/app/api/mappings/find-mapping";
import { route } from "@/app/api/route-handler";
import { mappingDocumentSchema, mappingNameSchema } from "@/lib/core/mapping/document";
import { createMapping } from "@/lib/mappings/create";
import { listMappings } from "@/lib/mappings/read";
import { Problem } from "@/lib/platform/problem";
import { webRuntime } from "@/lib/platform/runtime";

/** The mappings of an institution's connection. */
export const GET = route({ query: z.object({ connection: z.string() }) }, async ({ query }) => {
  const { id } = await connectionOf(query.connection);
  return listMappings(webRuntime().db, id);
});

const { object, keyField } = mappingDocumentSchema.shape;
const body = z.object({
  connection: z.string(),
  name: mappingNameSchema,
  kind: z.enum(["individual", "relay", "structure", "operation"]),
  object,
  keyField,
});

/** A new mapping with nothing but its key line; nothing is written before it is published. */
export const POST = route({ body }, async ({ body: { connection, ...given }, session }) => {
  const { id: connectionId } = await connectionOf(connection);
  const result = await createMapping(webRuntime().db, { ...given, connectionId, actor: session.email });
  if (result.outcome === "refused") throw new Problem(422, "refused", result.sentence);
  return result;
});
