import type { Answer, TestOrg } from "../test-org";

/** Speaks to a test's org as its administrator, with a client of its own. */
export class TestAdmin {
  private token = "";

  constructor(private readonly org: TestOrg) {}

  async signIn(): Promise<void> {
    const client = { clientId: "admin-client", clientSecret: "admin-secret" };
    await this.org.control("POST", "/clients", { ...client, username: "admin@myvenue.example" });
    const { body } = await this.org.requestToken({
      grant_type: "client_credentials",
      client_id: client.clientId,
      client_secret: client.clientSecret,
    });
    this.token = body.access_token ?? "";
  }

  get accessToken(): string {
    return this.token;
  }

  api<Body>(method: string, path: string, body?: unknown): Promise<Answer<Body>> {
    return this.org.api(method, path, body, { authorization: `Bearer ${this.token}` });
  }

  async query<Row>(soql: string): Promise<Row[]> {
    const { body } = await this.api<{ records: Row[] }>("GET", `/query?q=${encodeURIComponent(soql)}`);
    return body.records;
  }

  async create(object: string, row: object): Promise<string> {
    const { body } = await this.api<{ id: string }>("POST", `/sobjects/${object}`, row);
    return body.id;
  }
}
