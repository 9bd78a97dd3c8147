/** One operation of the document, from a handler's schemas and what is told of it. */
import type { z } from "zod";
import type { RouteSchemas } from "@/lib/platform/route";
import type { Schemas } from "./schemas";
import type { JsonSchema, Method, Told } from "./told";

/** `/api/records/[id]` → `/api/records/{id}` */
export function addressOf(place: string): string {
  return place.replace(/\[([^\]]+)\]/g, "{$1}");
}

/** `PATCH /api/mappings/[id]/golden/[sample]` → `patchMappingsIdGoldenSample` */
function nameOf(method: Method, place: string): string {
  const words = place.replace(/^\/api\//, "").match(/[a-z\d]+/gi) ?? [];
  return method.toLowerCase() + words.map((word) => word.charAt(0).toUpperCase() + word.slice(1)).join("");
}

export interface Operation {
  readonly method: Method;
  readonly place: string;
  readonly tag: string;
  readonly told: Told;
  readonly shape: RouteSchemas;
}

export function operationOf({ method, place, tag, told, shape }: Operation, schemas: Schemas) {
  const operationId = nameOf(method, place);
  const parameters = [
    ...parametersOf("path", shape.params, schemas, operationId),
    ...parametersOf("query", shape.query, schemas, operationId),
  ];
  return {
    operationId,
    tags: [tag],
    summary: told.summary,
    ...(parameters.length > 0 && { parameters }),
    ...(shape.body && {
      requestBody: {
        required: true,
        content: { "application/json": { schema: schemas.of(shape.body, operationId) } },
      },
    }),
    responses: { ...success(told), ...problems(method, told, shape) },
  };
}

function success({ answer }: Told) {
  if (answer === null) return { "204": { description: "Done; the answer has no body." } };
  const { says, type = "application/json", schema = {} } = answer;
  return { "200": { description: says, content: { [type]: { schema } } } };
}

function problems(method: Method, told: Told, shape: RouteSchemas) {
  const statuses = new Set<number>([401, 500, 503, ...(told.problems ?? [])]);
  if (shape.params || shape.query || shape.body) statuses.add(400);
  if (method !== "GET") statuses.add(403);
  if (shape.body) for (const status of [413, 415]) statuses.add(status);
  return Object.fromEntries(
    [...statuses].map((status) => [String(status), { $ref: `#/components/responses/Problem${status}` }]),
  );
}

/**
 * The members of a schema as parameters. Of alternatives every member is one; those that not all alternatives ask for are
 * optional by themselves.
 */
function parametersOf(place: "path" | "query", schema: z.ZodType | undefined, schemas: Schemas, id: string) {
  if (!schema) return [];
  const whole = schemas.of(schema, id);
  const alternatives = Array.isArray(whole["anyOf"]) ? (whole["anyOf"] as JsonSchema[]) : [whole];
  const found = new Map<string, JsonSchema[]>();
  for (const { properties } of alternatives) {
    for (const [name, member] of Object.entries((properties ?? {}) as Record<string, JsonSchema>)) {
      found.set(name, [...(found.get(name) ?? []), member]);
    }
  }
  return [...found].map(([name, members]) => ({
    name,
    in: place,
    required: place === "path" || alternatives.every((one) => isRequired(one, name)),
    schema: oneOrAny(members),
  }));
}

function isRequired({ required }: JsonSchema, name: string): boolean {
  return Array.isArray(required) && required.includes(name);
}

function oneOrAny(schemas: readonly JsonSchema[]): JsonSchema {
  const different = [...new Map(schemas.map((schema) => [JSON.stringify(schema), schema])).values()];
  return different.length === 1 && different[0] ? different[0] : { anyOf: different };
}
