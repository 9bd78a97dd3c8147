import { afterAll, beforeAll } from "vitest";
import { startSalesforceSimulator, type RunningSimulator, type SimulatorOptions } from "./server";

export interface Answer<Body> {
  status: number;
  body: Body;
  headers: Headers;
}

export interface RowResult {
  id: string;
  success: boolean;
  created?: boolean;
  errors: { statusCode: string; message: string; fields: string[] }[];
}

export interface SubResult<Body = unknown> {
  body: Body;
  httpHeaders: Record<string, string>;
  httpStatusCode: number;
  referenceId: string;
}

export type ErrorBody = { errorCode: string; message: string; fields?: string[] }[];

/** A simulated org for one test file, started before its tests and stopped after them. */
export function useOrg(options: SimulatorOptions = {}): TestOrg {
  const org = new TestOrg();
  beforeAll(async () => {
    await org.start(options);
  });
  afterAll(async () => {
    await org.stop();
  });
  return org;
}

/** Speaks to a running simulator over HTTP, with a token of the demo client. */
export class TestOrg {
  private simulator: RunningSimulator | undefined;
  private token = "";

  async start(options: SimulatorOptions): Promise<void> {
    this.simulator = await startSalesforceSimulator(options);
    await this.signIn();
  }

  async stop(): Promise<void> {
    await this.simulator?.close();
  }

  get url(): string {
    return this.simulator?.url ?? "";
  }

  get accessToken(): string {
    return this.token;
  }

  async signIn(): Promise<void> {
    const answer = await this.requestToken({
      grant_type: "client_credentials",
      client_id: "demo-client",
      client_secret: "demo-secret",
    });
    this.token = answer.body.access_token ?? "";
  }

  async requestToken(
    form: Record<string, string>,
    headers: Record<string, string> = {},
  ): Promise<Answer<Record<string, string>>> {
    return read(
      await fetch(`${this.url}/services/oauth2/token`, {
        method: "POST",
        headers,
        body: new URLSearchParams(form),
      }),
    );
  }

  /** A REST call below `/services/data/v62.0`. */
  async api<Body>(
    method: string,
    path: string,
    body?: unknown,
    headers: Record<string, string> = {},
    version = "62.0",
  ): Promise<Answer<Body>> {
    const text = typeof body === "string" ? body : JSON.stringify(body);
    return read(
      await fetch(`${this.url}/services/data/v${version}${path}`, {
        method,
        headers: {
          authorization: `Bearer ${this.token}`,
          ...(body === undefined ? {} : { "content-type": "application/json" }),
          ...headers,
        },
        body: body === undefined ? undefined : text,
      }),
    );
  }

  async query<Row>(soql: string): Promise<Row[]> {
    const { body } = await this.api<{ records: Row[] }>("GET", `/query?q=${encodeURIComponent(soql)}`);
    return body.records;
  }

  /** Upserts rows of one object by SyncId__c. */
  async upsert(
    object: string,
    rows: readonly Record<string, unknown>[],
    allOrNone = false,
    key = "SyncId__c",
  ): Promise<RowResult[]> {
    const records = rows.map((row) => ({ attributes: { type: object }, ...row }));
    const answer = await this.api<RowResult[]>("PATCH", `/composite/sobjects/${object}/${key}`, {
      allOrNone,
      records,
    });
    return answer.body;
  }

  async create(object: string, row: Record<string, unknown>): Promise<string> {
    const answer = await this.api<{ id: string }>("POST", `/sobjects/${object}`, row);
    return answer.body.id;
  }

  async control<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return read(
      await fetch(`${this.url}/__control${path}`, {
        method,
        body: body === undefined ? undefined : JSON.stringify(body),
      }),
    );
  }

  /** Live rows of an object, by SyncId where they have one. */
  async stored(object: string): Promise<Record<string, unknown>[]> {
    const answer = await this.control<{ records: Record<string, unknown>[] }>(
      "GET",
      `/records?object=${object}`,
    );
    return answer.body.records;
  }

  async personRecordTypeId(): Promise<string> {
    const [row] = await this.query<{ Id: string }>(
      "SELECT Id FROM RecordType WHERE SobjectType = 'Account' AND IsPersonType = true",
    );
    return row?.Id ?? "";
  }
}

async function read<Body>(response: Response): Promise<Answer<Body>> {
  const text = await response.text();
  return {
    status: response.status,
    body: (text === "" ? undefined : JSON.parse(text)) as Body,
    headers: response.headers,
  };
}
