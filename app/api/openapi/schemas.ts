/** Schemas of routes as JSON Schema 2020-12, those with a name kept once for the whole document. */
import { z } from "zod";
import { mappingDocumentSchema, valueMapSchema } from "@/lib/core/mapping/document";
import type { JsonSchema } from "./told";

const named = z.registry<{ id: string }>();
named.add(mappingDocumentSchema, { id: "MappingDocument" });
named.add(valueMapSchema, { id: "ValueMap" });
const names = new Set(["MappingDocument", "ValueMap"]);

export interface Schemas {
  /** What a schema takes. `place` tells apart what several schemas call alike. */
  of(schema: z.ZodType, place: string): JsonSchema;
  /** For `components.schemas`. */
  readonly shared: Readonly<Record<string, JsonSchema>>;
}

export function createSchemas(): Schemas {
  const shared: Record<string, JsonSchema> = {};
  return {
    shared,
    of: (schema, place) => {
      // What a check in code demands beyond types and limits has no form in JSON Schema.
      const options = { io: "input", unrepresentable: "any", metadata: named } as const;
      const { $schema: _, $defs = {}, ...root } = z.toJSONSchema(schema, options);
      const called = (name: string) => (names.has(name) ? name : `${place}_${name}`);
      for (const [name, definition] of Object.entries($defs)) {
        const { id: _, ...rest } = definition;
        shared[called(name)] = pointedTo(rest, called);
      }
      return pointedTo(root, called);
    },
  };
}

/** The same with every reference to `$defs` turned into one to the document's components. */
function pointedTo(schema: object, called: (name: string) => string): JsonSchema {
  const turn = (value: unknown): unknown => {
    if (Array.isArray(value)) return value.map(turn);
    if (value === null || typeof value !== "object") return value;
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => {
        const local = name === "$ref" && typeof member === "string" && /^#\/\$defs\/(.+)$/.exec(member);
        return [name, local ? `#/components/schemas/${called(local[1] ?? "")}` : turn(member)];
      }),
    );
  };
  return turn(schema) as JsonSchema;
}
