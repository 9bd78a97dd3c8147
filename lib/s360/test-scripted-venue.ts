/**
 * An S-360 that answers as a test says: for the failures that a well-behaved simulator does not produce. Unless the
 * script says otherwise it gives tokens, reads one contact and takes every save.
 */
import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { afterEach } from "vitest";
import type { ContactSide, OrderReader } from "@/lib/core/contact-side";
import { FaultError, type Fault } from "@/lib/core/faults";
import type { ContactSideConfig } from "./config";
import { openContactSide } from "./contact-side";

export interface VenueCall {
  readonly method: string;
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly text: string;
}

export interface Reply {
  readonly status?: number;
  /** A text is sent as it is, anything else as JSON. */
  readonly body: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

/** `drop` breaks the connection without an answer, `break-body` in the middle of one; `hang` and `hang-body` never end. */
export type Outcome = Reply | "drop" | "break-body" | "hang" | "hang-body";

/** `count`: how often this method has been called, from 1. */
export type Script = (call: VenueCall, count: number) => Outcome | undefined;

export interface ScriptedVenue {
  readonly url: string;
  readonly calls: VenueCall[];
  close(): Promise<void>;
}

export const secret = 's3cret/of the "operator"';

/** Venues for one test file, closed after each test, and sides opened on them. */
export function scriptedVenues(): {
  open: (
    script?: Script,
    more?: Partial<ContactSideConfig>,
  ) => Promise<{ venue: ScriptedVenue; side: ContactSide & OrderReader }>;
} {
  const venues: ScriptedVenue[] = [];
  afterEach(async () => {
    for (const venue of venues.splice(0)) await venue.close();
  });
  return {
    open: async (script = () => undefined, more = {}) => {
      const venue = await startScriptedVenue(script);
      venues.push(venue);
      return { venue, side: openContactSide(configFor(venue.url, more)) };
    },
  };
}

export function configFor(baseUrl: string, more: Partial<ContactSideConfig> = {}): ContactSideConfig {
  return {
    baseUrl,
    institution: "myvenue",
    operator: "MYVENUE_CRM",
    partner: "CRM",
    secret,
    authentication: "jwt",
    sections: ["GENERAL", "ADDRESSES"],
    takeToken: async () => undefined,
    clockSkewMs: () => 0,
    timeoutMs: 5_000,
    ...more,
  };
}

export function success(members: object): Reply {
  return { body: { requestId: 7, statusCode: "success", statusDetail: null, ...members } };
}

export function refusal(statusDetail: string, statusMessage: string): Reply {
  return { body: { requestId: 7, statusCode: "error", statusDetail, statusMessage } };
}

export async function faultOf(call: Promise<unknown>): Promise<Fault> {
  const error = await errorOf(call);
  if (error instanceof FaultError) return error.fault;
  throw error;
}

export async function errorOf(call: Promise<unknown>): Promise<unknown> {
  try {
    await call;
  } catch (error) {
    return error;
  }
  throw new Error("it did not fail");
}

async function startScriptedVenue(script: Script): Promise<ScriptedVenue> {
  const calls: VenueCall[] = [];
  const server = createServer((request, response) => {
    void readBody(request).then((text) => {
      const path = request.url ?? "";
      const method = path.slice(path.lastIndexOf("/") + 1);
      const call = { method, path, headers: request.headers, text };
      calls.push(call);
      const count = calls.filter((each) => each.method === method).length;
      send(response, script(call, count) ?? standard(call, count));
    });
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://127.0.0.1:${port}`,
    calls,
    close: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function standard({ method }: VenueCall, count: number): Reply {
  if (method === "auth") return { body: { token: `token-${count}` } };
  if (method === "searchContact") return success({ contactDataList: [] });
  return success({ contactNumber: "0012345", individualContact: { individualLastName: "Martin" } });
}

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
  if (outcome === "break-body" || outcome === "hang-body") {
    response.writeHead(200, { "content-type": "application/json", "content-length": "1000" });
    response.write('{"statusCode":"success",', () => {
      if (outcome === "break-body") response.socket?.destroy();
    });
    return;
  }
  response.writeHead(outcome.status ?? 200, { "content-type": "application/json", ...outcome.headers });
  response.end(typeof outcome.body === "string" ? outcome.body : JSON.stringify(outcome.body));
}
