import { setTimeout as sleep } from "node:timers/promises";
import { describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();
const DATA = "/services/data/v62.0";

/** A client as somebody would write it with nothing but `fetch`: signs in, renews its session, retries what is safe. */
class RestClient {
  private token = "";
  private instanceUrl = "";

  constructor(private readonly loginUrl: string) {}

  async signIn(): Promise<void> {
    const answer = await fetch(`${this.loginUrl}/services/oauth2/token`, {
      method: "POST",
      headers: { "Content-Type": "application/x-www-form-urlencoded" },
      body: "grant_type=client_credentials&client_id=demo-client&client_secret=demo-secret",
    });
    const { access_token, instance_url } = (await answer.json()) as Record<string, string>;
    this.token = access_token ?? "";
    this.instanceUrl = instance_url ?? "";
  }

  async call<Body>(method: string, path: string, body?: unknown): Promise<Body> {
    const answer = await this.send(method, path, body);
    const text = await answer.text();
    if (answer.status === 401) {
      await this.signIn();
      return this.call(method, path, body);
    }
    if (!answer.ok) throw new Error(`${answer.status} ${text}`);
    const isJson = answer.headers.get("content-type")?.startsWith("application/json") ?? false;
    return (isJson && text !== "" ? JSON.parse(text) : text) as Body;
  }

  async send(method: string, path: string, body?: unknown): Promise<Response> {
    const isCsv = typeof body === "string";
    return fetch(this.instanceUrl + path, {
      method,
      headers: {
        Authorization: `Bearer ${this.token}`,
        ...(body === undefined ? {} : { "Content-Type": isCsv ? "text/csv" : "application/json" }),
      },
      body: isCsv || body === undefined ? body : JSON.stringify(body),
    });
  }

  async query<Row>(soql: string): Promise<Row[]> {
    interface Page {
      records: Row[];
      nextRecordsUrl?: string;
    }
    let page = await this.call<Page>("GET", `${DATA}/query?q=${encodeURIComponent(soql)}`);
    const rows = [...page.records];
    while (page.nextRecordsUrl !== undefined) {
      page = await this.call<Page>("GET", page.nextRecordsUrl);
      rows.push(...page.records);
    }
    return rows;
  }
}

interface RowAnswer {
  success: boolean;
  created: boolean;
}

describe.each([1, 2])("a client of nothing but fetch, round %i on the same running simulator", (round) => {
  const title = `rest-${round}`;

  async function signedIn(): Promise<RestClient> {
    const client = new RestClient(org.url);
    await client.signIn();
    return client;
  }

  it("finds the newest version and describes what it will write", async () => {
    const client = await signedIn();
    const versions = await client.call<{ version: string; url: string }[]>("GET", "/services/data");
    expect(versions.at(-1)).toMatchObject({ version: "66.0", url: "/services/data/v66.0" });
    const contact = await client.call<{ fields: { name: string; createable: boolean }[] }>(
      "GET",
      `${DATA}/sobjects/Contact/describe`,
    );
    expect(contact.fields.find(({ name }) => name === "SyncId__c")?.createable).toBe(true);
  });

  it("keeps 2,500 records in step, reads them back in pages and the changes by time", async () => {
    const client = await signedIn();
    const startedAt = new Date(Date.now() - 1000).toISOString();
    const chunks = Array.from({ length: 13 }, (_, chunk) =>
      Array.from({ length: chunk === 12 ? 100 : 200 }, (__, n) => ({
        attributes: { type: "Contact" },
        SyncId__c: `${title}-${chunk}-${n}`,
        LastName: `Person ${n}`,
        Title: title,
      })),
    );
    for (const created of [true, false]) {
      for (const records of chunks) {
        const path = `${DATA}/composite/sobjects/Contact/SyncId__c`;
        const rows = await client.call<RowAnswer[]>("PATCH", path, { allOrNone: false, records });
        expect(rows.every((row) => row.success && row.created === created)).toBe(true);
      }
    }
    const soql = `SELECT Id FROM Contact WHERE Title = '${title}' AND SystemModstamp >= ${startedAt}`;
    expect(await client.query(soql)).toHaveLength(2500);
  });

  it("renews a session that ended, and finds a write that was done although its answer was lost", async () => {
    const client = await signedIn();
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    const path = `${DATA}/sobjects/Contact/SyncId__c/${title}-lost`;
    expect(await client.call("PATCH", path, { LastName: "First" })).toMatchObject({ created: true });
    await org.control("POST", "/faults", { kind: "drop-after-write", times: 1, match: `${title}-lost` });
    await expect(client.call("PATCH", path, { LastName: "Second" })).rejects.toThrow("fetch failed");
    const rows = await client.query<{ LastName: string }>(
      `SELECT LastName FROM Contact WHERE SyncId__c = '${title}-lost'`,
    );
    expect(rows.map(({ LastName }) => LastName)).toEqual(["Second"]);
  });

  it("loads and reads a file through Bulk 2.0", async () => {
    const client = await signedIn();
    const job = await client.call<{ id: string; contentUrl: string }>("POST", `${DATA}/jobs/ingest`, {
      object: "Contact",
      operation: "upsert",
      externalIdFieldName: "SyncId__c",
      lineEnding: "LF",
    });
    const lines = Array.from({ length: 3000 }, (_, n) => `${title}-bulk-${n},Bulk ${n},${title}-bulk`);
    await client.call("PUT", `/${job.contentUrl}`, ["SyncId__c,LastName,Title", ...lines, ""].join("\n"));
    await client.call("PATCH", `${DATA}/jobs/ingest/${job.id}`, { state: "UploadComplete" });
    const info = await finished(client, `${DATA}/jobs/ingest/${job.id}`);
    expect(info).toMatchObject({
      state: "JobComplete",
      numberRecordsProcessed: 3000,
      numberRecordsFailed: 0,
    });
    const soql = `SELECT SyncId__c FROM Contact WHERE Title = '${title}-bulk'`;
    const query = await client.call<{ id: string }>("POST", `${DATA}/jobs/query`, {
      operation: "query",
      query: soql,
    });
    await finished(client, `${DATA}/jobs/query/${query.id}`);
    const csv = await client.call<string>("GET", `${DATA}/jobs/query/${query.id}/results`);
    expect(csv.trim().split("\n")).toHaveLength(3001);
  });
});

async function finished(client: RestClient, path: string): Promise<{ state: string }> {
  for (;;) {
    const info = await client.call<{ state: string }>("GET", path);
    if (["JobComplete", "Failed", "Aborted"].includes(info.state)) return info;
    await sleep(20);
  }
}
