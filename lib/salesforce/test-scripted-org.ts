/**
 * An org that answers as a test says: for the failures that a well-behaved simulator does not produce. It knows enough
 * of Account and Contact to be described; writes succeed unless the script says otherwise.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import type { SalesforceConfig } from "./config";

export interface Sub {
  readonly referenceId: string;
  readonly method: string;
  readonly url: string;
  readonly body?: {
    readonly records?: readonly Record<string, unknown>[];
    /** Of a retrieve. */
    readonly ids?: readonly string[];
    readonly fields?: readonly string[];
  };
}

export interface Reply {
  readonly status: number;
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `drop` breaks the connection without an answer, `break-body` in the middle of one, `hang` never answers. */
type Outcome = Reply | "drop" | "break-body" | "hang";

export interface Script {
  token?: (form: URLSearchParams, count: number) => Outcome | undefined;
  /** The Composite call as a whole; undefined lets the subrequests answer. */
  call?: (subs: readonly Sub[], count: number, token: string) => Outcome | undefined;
  sub?: (sub: Sub) => Reply | undefined;
  /** The time of the org's clock in every answer; null: answers do not tell it. Without it, the time of this machine. */
  clock?: string | null;
}

export interface ScriptedOrg {
  readonly url: string;
  readonly script: Script;
  readonly tokenRequests: URLSearchParams[];
  readonly calls: { readonly headers: IncomingMessage["headers"]; readonly subs: readonly Sub[] }[];
  close(): Promise<void>;
}

export async function startScriptedOrg(script: Script = {}): Promise<ScriptedOrg> {
  const tokenRequests: URLSearchParams[] = [];
  const calls: ScriptedOrg["calls"][number][] = [];
  const server = createServer((request, response) => {
    if (script.clock !== undefined) response.sendDate = false;
    if (script.clock) response.setHeader("date", new Date(script.clock).toUTCString());
    void readBody(request).then((text) => send(response, outcome(request, text)));
  });

  const outcome = (request: IncomingMessage, text: string): Outcome => {
    if (request.url === "/services/oauth2/token") {
      const form = new URLSearchParams(text);
      tokenRequests.push(form);
      return script.token?.(form, tokenRequests.length) ?? token(url, `token-${tokenRequests.length}`);
    }
    const body: { compositeRequest: readonly Sub[] } = JSON.parse(text);
    calls.push({ headers: request.headers, subs: body.compositeRequest });
    const bearer = (request.headers.authorization ?? "").replace("Bearer ", "");
    const whole = script.call?.(body.compositeRequest, calls.length, bearer);
    return whole ?? composite(body.compositeRequest, script);
  };

  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const address = server.address() as AddressInfo;
  const url = `http://127.0.0.1:${address.port}`;
  return {
    url,
    script,
    tokenRequests,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

export function token(instanceUrl: string, accessToken: string): Reply {
  return {
    status: 200,
    body: {
      access_token: accessToken,
      instance_url: instanceUrl,
      id: `${instanceUrl}/id/00D000000000001EAA/005000000000001`,
    },
  };
}

export const expired: Reply = {
  status: 401,
  body: [{ message: "Session expired or invalid", errorCode: "INVALID_SESSION_ID" }],
};

export function refusal(errorCode: string, message: string, status = 400): Reply {
  return { status, body: [{ errorCode, message }] };
}

export function configFor(org: ScriptedOrg, more: Partial<SalesforceConfig> = {}): SalesforceConfig {
  return {
    loginUrl: org.url,
    apiVersion: "62.0",
    signIn: { flow: "client-credentials", clientId: "client", clientSecret: "secret" },
    takeToken: async () => undefined,
    timeoutMs: 5_000,
    ...more,
  };
}

/** Rows of a collection answered one by one. */
export function rowAnswers(sub: Sub, answer: (record: Record<string, unknown>) => unknown = written): Reply {
  return { status: 200, body: (sub.body?.records ?? []).map((record) => answer(record)) };
}

let nextId = 0;
export function written(record: Record<string, unknown>): unknown {
  nextId += 1;
  const id = record["id"] ?? `001${String(nextId).padStart(15, "0")}`;
  return { id, success: true, errors: [], created: record["id"] === undefined };
}

export function rowError(statusCode: string, message: string, fields: readonly string[] = []): unknown {
  return { success: false, errors: [{ statusCode, message, fields }] };
}

/** Writes of the calls so far: one list of records per group. */
export function groupsOf(call: {
  readonly subs: readonly Sub[];
}): readonly (readonly Record<string, unknown>[])[] {
  return call.subs.flatMap((sub) => (sub.body?.records ? [sub.body.records] : []));
}

export function writesOf(org: ScriptedOrg): ScriptedOrg["calls"] {
  return org.calls.filter(({ subs }) => subs.some((sub) => sub.body?.records));
}

function composite(subs: readonly Sub[], script: Script): Reply {
  return {
    status: 200,
    headers: { "Sforce-Limit-Info": "api-usage=18/15000" },
    body: {
      compositeResponse: subs.map((sub) => {
        const { status, body } = script.sub?.(sub) ?? standard(sub);
        return { referenceId: sub.referenceId, httpStatusCode: status, httpHeaders: {}, body };
      }),
    },
  };
}

function standard(sub: Sub): Reply {
  if (sub.body?.ids) return { status: 200, body: sub.body.ids.map(() => null) };
  if (sub.body) return rowAnswers(sub);
  if (sub.url.includes("/query")) return { status: 200, body: { totalSize: 0, done: true, records: [] } };
  const end = /\/deleted\/\?.*end=([^&]+)/.exec(sub.url)?.[1];
  if (end !== undefined) {
    const latestDateCovered = decodeURIComponent(end);
    const body = {
      deletedRecords: [],
      earliestDateAvailable: "2000-01-01T00:00:00.000+0000",
      latestDateCovered,
    };
    return { status: 200, body };
  }
  const object = /sobjects\/(\w+)\/describe/.exec(sub.url)?.[1] ?? "";
  const fields = described[object];
  if (!fields) return refusal("NOT_FOUND", "The requested resource does not exist", 404);
  return { status: 200, body: { name: object, label: object, fields } };
}

function field(name: string, label: string, type = "string", more: object = {}): object {
  return { name, label, type, length: 80, createable: true, updateable: true, nillable: true, ...more };
}

function lookup(
  name: string,
  label: string,
  relationshipName: string,
  referenceTo: readonly string[],
): object {
  return field(name, label, "reference", { length: 18, relationshipName, referenceTo });
}

const syncId = field("SyncId__c", "Sync Id", "string", { externalId: true, unique: true, length: 40 });

const described: Readonly<Record<string, readonly object[]>> = {
  Account: [
    syncId,
    field("Name", "Account Name"),
    field("IsPersonAccount", "Is Person Account", "boolean"),
    lookup("OwnerId", "Owner ID", "Owner", ["User"]),
  ],
  Contact: [
    syncId,
    field("LastName", "Last Name"),
    field("Email", "Email", "email"),
    lookup("AccountId", "Account ID", "Account", ["Account"]),
  ],
};

async function readBody(request: IncomingMessage): Promise<string> {
  const chunks: Buffer[] = [];
  for await (const chunk of request) chunks.push(Buffer.from(chunk));
  return Buffer.concat(chunks).toString("utf8");
}

function send(response: ServerResponse, outcome: Outcome): void {
  if (outcome === "hang") return;
  if (outcome === "drop") {
    response.socket?.destroy();
    return;
  }
  if (outcome === "break-body") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"compositeResponse":[', () => response.socket?.destroy());
    return;
  }
  response.writeHead(outcome.status, { "content-type": "application/json", ...outcome.headers });
  response.end(typeof outcome.body === "string" ? outcome.body : JSON.stringify(outcome.body));
}
