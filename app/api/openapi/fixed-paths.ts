/** What has no handler of ours to read schemas from: the webhooks of S-360, sign-in, health, and this document. */
import type { JsonSchema } from "./told";

const text: JsonSchema = { type: "string" };
const institution = {
  name: "institution",
  in: "path",
  required: true,
  description: "S-360's code of the institution, as the connection file has it.",
  schema: text,
};

const webhookProblem = {
  description: "Nothing was stored; `detail` says why. S-360 sends the payload again.",
  content: {
    "application/problem+json": {
      schema: {
        type: "object",
        properties: { status: { type: "integer" }, detail: text },
        required: ["status", "detail"],
      },
    },
  },
};

interface Webhook {
  readonly id: string;
  readonly summary: string;
  readonly item: JsonSchema;
  /** What a V1 webhook names in the address. */
  readonly number: "contactNumber" | "orderId";
}

/** Answers of both methods. */
const answers = {
  "200": {
    description: "Stored.",
    content: {
      "application/json": {
        schema: {
          type: "object",
          properties: { received: { type: "integer", minimum: 0 } },
          required: ["received"],
        },
      },
    },
  },
  ...Object.fromEntries(
    ["400", "401", "404", "413", "415", "500", "503"].map((status) => [
      status,
      { $ref: "#/components/responses/WebhookProblem" },
    ]),
  ),
};

function inAddress(name: string, required: boolean, description: string) {
  return { name, in: "query", required, description, schema: text };
}

const keyInAddress = inAddress(
  "key",
  false,
  "The webhook's secret, where the connection demands one: a V1 webhook can send no header. It counts only beside a number.",
);

function webhook({ id, summary, item, number }: Webhook) {
  const security = [{ webhookBasic: [] }, { webhookKey: [] }, {}];
  const named = "The number alone (webhook V1): S-360 is asked for what it names.";
  return {
    get: {
      operationId: `${id}ByNumber`,
      tags: ["Webhooks"],
      summary: `${summary}, named by number`,
      description:
        "Webhook V1 of S-360. 200 comes after the number is stored; the worker asks S-360 for what it names, within the calls the connection may make.",
      security,
      parameters: [institution, inAddress(number, true, named), keyInAddress],
      responses: answers,
    },
    post: {
      operationId: id,
      tags: ["Webhooks"],
      summary,
      description:
        "Called by S-360. 200 comes after everything is stored; an item that cannot be used ends with a named outcome and holds back none of the others. Which of the three sign-ins counts is said in the connection file; the name of the header is the connection's own.",
      security,
      parameters: [
        institution,
        inAddress(number, false, `${named} The body does not count then.`),
        keyInAddress,
      ],
      requestBody: {
        required: true,
        content: { "application/json": { schema: { oneOf: [{ type: "array", items: item }, item] } } },
      },
      responses: answers,
    },
  };
}

/** By address. */
export const fixedPaths = {
  "/s360/contacts/{institution}": webhook({
    id: "receiveContacts",
    summary: "Contacts that were created or changed in S-360",
    number: "contactNumber",
    item: {
      type: "object",
      description: "A contact with the sections chosen in S-360's back office, alone or in `contactData`.",
      properties: {
        contactNumber: {
          type: "string",
          description: "Text: no digit and no zero is lost. An item of nothing else is asked of S-360.",
        },
      },
    },
  }),
  "/s360/orders/{institution}": webhook({
    id: "receiveOrders",
    summary: "Orders that were created or changed in S-360",
    number: "orderId",
    item: { type: "object", description: "An order with its operations, alone or in its envelope." },
  }),
  "/api/health": {
    get: {
      operationId: "health",
      tags: ["Health"],
      summary: "Whether calls can be taken and stored",
      security: [],
      responses: {
        "200": health("Yes.", { status: { const: "ready" } }),
        "503": health("No, with the reason.", { status: { const: "unavailable" }, reason: text }),
      },
    },
  },
  "/api/auth/sign-in/email": {
    post: {
      operationId: "signIn",
      tags: ["Sign-in"],
      summary: "Sign in with e-mail and password",
      description:
        "The answer sets the cookie that all other calls bring. Send `Origin` with the connector's own address.",
      security: [],
      requestBody: {
        required: true,
        content: {
          "application/json": {
            schema: {
              type: "object",
              properties: { email: { type: "string", format: "email" }, password: text },
              required: ["email", "password"],
            },
          },
        },
      },
      responses: {
        "200": { description: "Signed in." },
        "401": { description: "E-mail or password is wrong." },
        "403": { description: "The call came from a page of another site." },
        "429": { description: "Too many tries with this e-mail; `Retry-After` says when to go on." },
      },
    },
  },
  "/api/auth/sign-out": {
    post: {
      operationId: "signOut",
      tags: ["Sign-in"],
      summary: "Sign out",
      responses: { "200": { description: "Signed out." } },
    },
  },
  "/api/openapi.json": {
    get: {
      operationId: "getOpenApi",
      tags: ["Health"],
      summary: "This document",
      responses: {
        "200": {
          description: "OpenAPI 3.1.",
          content: { "application/json": { schema: { type: "object" } } },
        },
        "401": { $ref: "#/components/responses/Problem401" },
      },
    },
  },
};

function health(description: string, properties: Readonly<Record<string, JsonSchema>>) {
  const schema = { type: "object", properties, required: Object.keys(properties) };
  return { description, content: { "application/json": { schema } } };
}

/** What they refer to. */
export const fixedResponses = { WebhookProblem: webhookProblem };
