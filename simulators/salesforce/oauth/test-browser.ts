import { createHash, randomBytes } from "node:crypto";

/** What a person's browser does in the web server flow: it keeps cookies, reads forms, and follows nothing by itself. */
export class TestBrowser {
  private readonly cookies = new Map<string, string>();

  constructor(private readonly origin: string) {}

  /** Opens `/services/oauth2/authorize` with these parameters, or an address as an app made it. */
  async open(target: string | Record<string, string>): Promise<Page> {
    const query = typeof target === "string" ? new URL(target).search : `?${new URLSearchParams(target)}`;
    return this.send("GET", `/services/oauth2/authorize${query}`);
  }

  /** Sends the form of a page with its hidden fields and these. */
  async submit(page: Page, fields: Record<string, string>): Promise<Page> {
    return this.send("POST", "/services/oauth2/authorize", { transaction: page.transaction, ...fields });
  }

  async logIn(page: Page, username = "admin@myvenue.example", password = "demo-password"): Promise<Page> {
    return this.submit(page, { username, password });
  }

  /** The whole way of a person who signs in and, where asked, allows. @returns the answer at the app's address */
  async allow(target: string | Record<string, string>): Promise<URLSearchParams> {
    const page = await this.logIn(await this.open(target));
    return (page.status === 302 ? page : await this.submit(page, { decision: "allow" })).answer;
  }

  private async send(method: string, path: string, form?: Record<string, string>): Promise<Page> {
    const response = await fetch(this.origin + path, {
      method,
      redirect: "manual",
      headers: { cookie: [...this.cookies].map(([name, value]) => `${name}=${value}`).join("; ") },
      body: form && new URLSearchParams(form),
    });
    for (const cookie of response.headers.getSetCookie()) {
      const [name = "", value = ""] = cookie.split(";")[0]?.split("=") ?? [];
      this.cookies.set(name, value);
    }
    return new Page(response.status, response.headers, await response.text());
  }
}

export class Page {
  constructor(
    readonly status: number,
    readonly headers: Headers,
    readonly html: string,
  ) {}

  get transaction(): string {
    return /name="transaction" value="([^"]*)"/.exec(this.html)?.[1] ?? "";
  }

  get heading(): string {
    return /<h1>([^<]*)<\/h1>/.exec(this.html)?.[1] ?? "";
  }

  get location(): string {
    return this.headers.get("location") ?? "";
  }

  /** The query of the address that the browser is sent to. */
  get answer(): URLSearchParams {
    return new URL(this.location).searchParams;
  }
}

/** A PKCE pair (RFC 7636). */
export function pkcePair(): { verifier: string; challenge: string } {
  const verifier = randomBytes(32).toString("base64url");
  return { verifier, challenge: createHash("sha256").update(verifier).digest("base64url") };
}
