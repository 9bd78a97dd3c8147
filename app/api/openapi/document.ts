/** The OpenAPI 3.1 document of the webhooks and the admin API, made from the handlers' own schemas. */
import { problemCodes } from "@/lib/platform/problem";
import { fixedPaths, fixedResponses } from "./fixed-paths";
import { addressOf, operationOf } from "./operations";
import { createSchemas } from "./schemas";
import { methods, type ToldGroup } from "./told";
import { comparing, reprocessing, samples } from "./told-changes";
import { connections } from "./told-connections";
import { importing } from "./told-imports";
import { mappings } from "./told-mappings";
import { records, reviews } from "./told-records";
import { valueMaps } from "./told-value-maps";

const groups: readonly ToldGroup[] = [
  connections,
  importing,
  mappings,
  comparing,
  samples,
  reprocessing,
  valueMaps,
  records,
  reviews,
];

/** @throws when a handler is told nothing of, or something is told of a handler that is not there */
export function openApiDocument(serverUrl: string) {
  const schemas = createSchemas();
  const paths = Object.fromEntries(
    groups.flatMap(({ tag, paths: told }) =>
      Object.entries(told).map(([place, path]) => {
        const operations = methods.flatMap((method) => {
          const [handler, said] = [path.handlers[method], path[method]];
          if (!handler && !said) return [];
          if (!handler || !said) throw new Error(`${method} ${place} has no ${said ? "handler" : "words"}`);
          const operation = { method, place, tag, told: said, shape: handler.shape };
          return [[method.toLowerCase(), operationOf(operation, schemas)] as const];
        });
        return [addressOf(place), Object.fromEntries(operations)] as const;
      }),
    ),
  );
  return {
    openapi: "3.1.0",
    info: {
      title: "S-360 ↔ Salesforce connector",
      version: "1",
      description:
        "Webhooks that S-360 calls, and the API of the admin pages. It is for programs of the venue as much as for the pages; calls that write must come from the connector's own origin.",
      license: { name: "MIT", identifier: "MIT" },
    },
    servers: [{ url: serverUrl }],
    security: [{ session: [] }],
    tags: ["Webhooks", ...groups.map(({ tag }) => tag), "Sign-in", "Health"].map((name) => ({ name })),
    paths: { ...fixedPaths, ...paths },
    components: {
      securitySchemes: securitySchemes(serverUrl),
      responses: { ...fixedResponses, ...problemResponses() },
      schemas: { Problem: problem, ...schemas.shared },
    },
  };
}

function securitySchemes(serverUrl: string) {
  const prefix = serverUrl.startsWith("https:") ? "__Secure-" : "";
  return {
    session: {
      type: "apiKey",
      in: "cookie",
      name: `${prefix}connector.session_token`,
      description: "Set by signing in; for admins of the connector.",
    },
    webhookBasic: { type: "http", scheme: "basic" },
    webhookKey: { type: "apiKey", in: "header", name: "x-api-key" },
  };
}

const problem = {
  type: "object",
  description: "RFC 9457. `detail` is for people; programs go by `code`.",
  properties: {
    status: { type: "integer" },
    code: { enum: [...problemCodes] },
    detail: { type: "string" },
  },
  required: ["status", "code", "detail"],
};

const meanings = {
  400: "What was sent is not as this call takes it; `problems` lists where.",
  401: "Nobody is signed in.",
  403: "A call that writes came from a page of another site.",
  404: "It is not there, or no more.",
  409: "Somebody else was faster; what is stored now comes along where it helps.",
  413: "The body is larger than 2 MB.",
  415: "The body is not sent as application/json.",
  422: "It cannot be done as things are; `detail` says what to change.",
  500: "The connector met an error of its own; its log has the details.",
  502: "Salesforce did not do what it was asked; `detail` says why.",
  503: "The database is away; nothing was changed. `Retry-After` says when to try again.",
};

function problemResponses() {
  const content = { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } };
  return Object.fromEntries(
    Object.entries(meanings).map(([status, description]) => [`Problem${status}`, { description, content }]),
  );
}
