import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Validator } from "@seriousme/openapi-schema-validator";
import { expect, test } from "vitest";
import { openApiDocument } from "./document";
import { addressOf } from "./operations";

const app = join(__dirname, "..", "..");
const document = openApiDocument("https://connector.venue.example");
const paths: Readonly<Record<string, Readonly<Record<string, Operation>>>> = document.paths;

interface Operation {
  readonly operationId: string;
  readonly summary: string;
  readonly parameters?: readonly { readonly name: string; readonly in: string; readonly required: boolean }[];
  readonly requestBody?: { readonly content: Readonly<Record<string, { readonly schema: unknown }>> };
  readonly responses: Readonly<Record<string, unknown>>;
}

/** `/api/records/[id]`, with the methods that answer with more than 405. */
const routes = (readdirSync(app, { recursive: true }) as string[])
  .filter((file) => /(^|\/)route\.ts$/.test(file))
  .map((file) => {
    const text = readFileSync(join(app, file), "utf8");
    const found = text.matchAll(/export (?:const|async function) (GET|POST|PUT|PATCH|DELETE)\b/g);
    return { place: `/${file.replace(/\/route\.ts$/, "")}`, methods: [...found].map(([, method]) => method) };
  });

test.each(routes)("$place is in the document, with what it answers to", ({ place, methods }) => {
  if (place === "/api/auth/[...all]") {
    expect(Object.keys(paths).filter((path) => path.startsWith("/api/auth/"))).toHaveLength(2);
    return;
  }
  const described = Object.keys(paths[addressOf(place)] ?? {}).map((method) => method.toUpperCase());
  expect(described.toSorted(), `tell of ${place} in app/api/openapi`).toEqual(methods.toSorted());
});

test("nothing is in the document that has no route", () => {
  const known = new Set(routes.map(({ place }) => addressOf(place)));
  const unknown = Object.keys(paths).filter((path) => !known.has(path) && !path.startsWith("/api/auth/"));
  expect(unknown).toEqual([]);
});

test("it is OpenAPI 3.1, and everything it refers to is in it", async () => {
  const plain = JSON.parse(JSON.stringify(document)) as Record<string, unknown>;
  expect(await new Validator().validate(plain)).toEqual({ valid: true });
  const references = [...JSON.stringify(document).matchAll(/"\$ref":"([^"]*)"/g)].map(([, to = ""]) => to);
  expect(references.length).toBeGreaterThan(100);
  for (const reference of new Set(references)) {
    const found = reference
      .replace(/^#\//, "")
      .split("/")
      .reduce<unknown>((at, name) => (at as Record<string, unknown> | undefined)?.[name], document);
    expect(found, reference).toBeDefined();
  }
});

test("every operation has a name of its own, a summary, all parameters of its address, answers and who may call", () => {
  const names = new Set<string>();
  for (const [path, operations] of Object.entries(paths)) {
    for (const operation of Object.values(operations)) {
      expect(names.has(operation.operationId), operation.operationId).toBe(false);
      names.add(operation.operationId);
      expect(operation.summary).not.toBe("");
      const inPath = (operation.parameters ?? []).filter((parameter) => parameter.in === "path");
      expect(inPath.map(({ name }) => `{${name}}`)).toEqual(path.match(/\{[^}]+\}/g) ?? []);
      expect(Object.keys(operation.responses).some((status) => status.startsWith("2"))).toBe(true);
    }
  }
  expect(document.security).toEqual([{ session: [] }]);
});

test("schemas are those of the handlers", () => {
  const find = paths["/api/records"]?.["get"]?.parameters ?? [];
  expect(find.map(({ name }) => name)).toEqual(
    expect.arrayContaining(["connection", "q", "state", "cursor"]),
  );
  expect(find.every(({ required }) => !required)).toBe(true);
  const behind = paths["/api/mappings/{id}/comparison/{run}/records"]?.["get"]?.parameters ?? [];
  expect(behind.map(({ name, required }) => `${name} ${required}`)).toEqual([
    ...["id true", "run true", "fate false", "from false", "field false", "kind false"],
  ]);
  const saved = paths["/api/mappings/{id}/draft"]?.["put"]?.requestBody?.content["application/json"]?.schema;
  expect(saved).toEqual({
    type: "object",
    properties: {
      revision: { type: "integer", minimum: 1, maximum: 2_147_483_647 },
      document: { $ref: "#/components/schemas/MappingDocument" },
    },
    required: ["revision", "document"],
  });
  const { MappingDocument: mapping } = document.components.schemas as Record<string, unknown>;
  expect(mapping).toMatchObject({ properties: { lines: { maxItems: 500 } }, additionalProperties: false });
});

test("webhooks are told with their own sign-ins, and health with none", () => {
  expect(paths["/s360/contacts/{institution}"]?.["post"]).toMatchObject({
    security: [{ webhookBasic: [] }, { webhookKey: [] }, {}],
  });
  expect(paths["/api/health"]?.["get"]).toMatchObject({ security: [] });
});
