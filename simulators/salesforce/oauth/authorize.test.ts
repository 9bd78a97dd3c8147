import { afterEach, beforeAll, describe, expect, it, vi } from "vitest";
import { pkcePair, TestBrowser, type Page } from "./test-browser";
import { asked, REDIRECT_URI } from "./test-flow";
import { useOrg } from "../test-org";

const org = useOrg();
const newBrowser = () => new TestBrowser(org.url);

beforeAll(async () => {
  const base = { clientSecret: "secret", username: "integration@myvenue.example" };
  const redirectUris = ["https://app.example/callback?tenant=1", "http://127.0.0.1:*/back"];
  await org.control("POST", "/clients", { ...base, clientId: "strict", redirectUris, requirePkce: true });
  await org.control("POST", "/clients", { ...base, clientId: "narrow", redirectUris, scopes: ["api", "id"] });
  await org.control("POST", "/clients", {
    ...base,
    clientId: "hostile",
    name: '<img src=x onerror="alert(1)">',
    redirectUris,
  });
});

afterEach(() => {
  vi.useRealTimers();
});

describe("a request to authorize that cannot be trusted", () => {
  it.each([
    ["an unknown client", { client_id: "nobody" }, "invalid_client_id", "client%20identifier%20invalid"],
    [
      "an address that is not registered",
      { redirect_uri: "https://evil.example/" },
      "redirect_uri_mismatch",
      "redirect_uri%20must%20match%20configuration",
    ],
    [
      "an address that only begins as a registered one",
      { redirect_uri: "http://localhost:1717@evil.example/OauthRedirect" },
      "redirect_uri_mismatch",
      "redirect_uri%20must%20match%20configuration",
    ],
    [
      "a longer path",
      { redirect_uri: `${REDIRECT_URI}/more` },
      "redirect_uri_mismatch",
      "redirect_uri%20must%20match%20configuration",
    ],
    ["no address", { redirect_uri: "" }, "redirect_uri_missing", "redirect_uri%20not%20provided"],
    [
      "a scope that the app does not have",
      { scope: "api wave_api" },
      "invalid_scope",
      "the%20requested%20scope%20is%20not%20allowed",
    ],
  ])("with %s is answered on a page, never with a redirect", async (_what, changes, error, description) => {
    const page = await newBrowser().open(asked(changes));
    expect(page.status).toBe(400);
    expect(page.heading).toBe("OAuth Error");
    expect(page.html).toContain(`error=${error}&error_description=${description}`);
    expect(page.location).toBe("");
  });

  it("has registered loopback addresses on every port, and others to the letter", async () => {
    const open = async (redirect_uri: string) =>
      (await newBrowser().open(asked({ client_id: "narrow", redirect_uri }))).status;
    expect(await open("http://127.0.0.1:54321/back")).toBe(200);
    expect(await open("http://127.0.0.1/back")).toBe(400);
    expect(await open("http://localhost:54321/back")).toBe(400);
    expect(await open("https://app.example/callback?tenant=1")).toBe(200);
    expect(await open("https://app.example/callback")).toBe(400);
  });
});

describe("a request to authorize that the app is told about", () => {
  const strict = { client_id: "strict", redirect_uri: "http://127.0.0.1:9/back", state: "a b&c" };

  it.each([
    ["an unknown response type", { response_type: "token" }, "unsupported_response_type"],
    ["no code challenge where the client needs one", strict, "invalid_request"],
    ["the plain challenge", { code_challenge: "x", code_challenge_method: "plain" }, "invalid_request"],
    ["an unknown prompt", { prompt: "please" }, "invalid_request"],
    ["an answer at once where nobody is signed in", { prompt: "none" }, "immediate_unsuccessful"],
    ["the same in the older form", { immediate: "true" }, "immediate_unsuccessful"],
  ])("with %s comes back with the error", async (_what, changes: Record<string, string>, error) => {
    const page = await newBrowser().open(asked({ state: "s", ...changes }));
    expect(page.status).toBe(302);
    expect(page.answer.get("error")).toBe(error);
    expect(page.answer.get("state")).toBe(changes.state ?? "s");
    expect(page.answer.has("code")).toBe(false);
  });

  it("says in Salesforce's words that the challenge is missing", async () => {
    const page = await newBrowser().open(asked(strict));
    expect(page.location).toBe(
      "http://127.0.0.1:9/back?error=invalid_request&error_description=missing+required+code+challenge&state=a+b%26c",
    );
  });
});

describe("the login page", () => {
  it("has a label for each input and takes the name from login_hint", async () => {
    const page = await newBrowser().open(asked({ login_hint: "admin@myvenue.example" }));
    expect(page.status).toBe(200);
    for (const id of ["username", "password"]) {
      expect(page.html).toContain(`<label for="${id}">`);
      expect(page.html).toMatch(new RegExp(`id="${id}"\\s+name="${id}"`));
    }
    expect(page.html).toContain('value="admin@myvenue.example"');
  });

  it("escapes what it is given", async () => {
    const hint = '"><script>alert(1)</script>';
    const browser = newBrowser();
    const page = await browser.open(asked({ login_hint: hint }));
    expect(page.html).not.toContain("<script");
    expect((await browser.logIn(page, hint, "wrong")).html).not.toContain("<script");
    const consent = await browser.logIn(
      await browser.open(asked({ client_id: "hostile", redirect_uri: "http://127.0.0.1:1/back" })),
    );
    expect(consent.heading).toBe("Allow Access?");
    expect(consent.html).toContain("&lt;img src=x");
    expect(consent.html).not.toContain("<img");
  });

  it("cannot be framed and runs no script", async () => {
    const { headers } = await newBrowser().open(asked());
    expect(headers.get("x-frame-options")).toBe("DENY");
    expect(headers.get("content-security-policy")).toContain("default-src 'none'");
    expect(headers.get("content-security-policy")).toContain("frame-ancestors 'none'");
    expect(headers.get("set-cookie")).toMatch(
      /^sid=[\w.]+; Path=\/services\/oauth2; HttpOnly; SameSite=Lax$/,
    );
  });

  it.each([
    ["a wrong password", "admin@myvenue.example", "wrong"],
    ["an unknown user", "nobody@myvenue.example", "demo-password"],
    ["nothing", "", ""],
  ])("stays with Salesforce's sentence after %s", async (_what, username, password) => {
    const browser = newBrowser();
    const start = await browser.open(asked({ prompt: "consent" }));
    const page = await browser.logIn(start, username, password);
    expect(page.status).toBe(200);
    expect(page.heading).toBe("Log In");
    expect(page.html).toContain(
      "Please check your username and password. If you still can&#39;t log in, contact your Salesforce administrator.",
    );
    expect((await browser.logIn(page)).heading).toBe("Allow Access?");
  });

  it("is of no use to another browser, nor after fifteen minutes", async () => {
    const browser = newBrowser();
    const page = await browser.open(asked());
    const other = newBrowser();
    await other.open(asked());
    expect((await other.logIn(page)).heading).toBe("This page has expired");
    vi.useFakeTimers({ toFake: ["Date"], now: Date.now() + 16 * 60_000 });
    const late = await browser.logIn(page);
    expect(late.status).toBe(400);
    expect(late.heading).toBe("This page has expired");
  });
});

describe("the consent page", () => {
  it("names the app, the user and what the app wants", async () => {
    const browser = newBrowser();
    const page = await browser.logIn(
      await browser.open(asked({ prompt: "consent", scope: "api id refresh_token" })),
    );
    expect(page.heading).toBe("Allow Access?");
    for (const text of [
      "Demo app",
      "admin@myvenue.example",
      "Manage user data via APIs",
      "Access the identity URL service",
      "Perform requests at any time",
    ]) {
      expect(page.html).toContain(text);
    }
    expect(page.html).not.toContain("Full access");
  });

  it("Allow leads back with a code and the state", async () => {
    const browser = newBrowser();
    const consent = await browser.logIn(await browser.open(asked({ prompt: "consent", state: "x=1&y" })));
    const done = await browser.submit(consent, { decision: "allow" });
    expect(done.status).toBe(302);
    expect(done.location.startsWith(`${REDIRECT_URI}?code=aPrx`)).toBe(true);
    expect(done.answer.get("state")).toBe("x=1&y");
  });

  it("Deny leads back with access_denied, in Salesforce's words", async () => {
    const browser = newBrowser();
    const consent = await browser.logIn(await browser.open(asked({ prompt: "consent" })));
    const done = await browser.submit(consent, { decision: "deny" });
    expect(done.location).toBe(
      `${REDIRECT_URI}?error=access_denied&error_description=end-user+denied+authorization`,
    );
  });

  it("keeps the query of the app's own address", async () => {
    const answer = await newBrowser().allow(
      asked({ client_id: "narrow", redirect_uri: "https://app.example/callback?tenant=1" }),
    );
    expect([...answer.keys()]).toEqual(["tenant", "code"]);
  });

  it("gives one answer: sent twice, or with the other button, it leads to the same place", async () => {
    const browser = newBrowser();
    const consent = await browser.logIn(await browser.open(asked({ prompt: "consent" })));
    const first = await browser.submit(consent, { decision: "allow" });
    const second = await browser.submit(consent, { decision: "allow" });
    const third = await browser.submit(consent, { decision: "deny" });
    expect(second.location).toBe(first.location);
    expect(third.location).toBe(first.location);
  });

  it("cannot be answered before somebody signed in, nor from another browser", async () => {
    const browser = newBrowser();
    const page = await browser.open(asked({ prompt: "consent" }));
    expect((await browser.submit(page, { decision: "allow" })).heading).toBe("This page has expired");
    const consent = await browser.logIn(page);
    expect((await newBrowser().submit(consent, { decision: "allow" })).status).toBe(400);
  });
});

describe("a browser that signed in", () => {
  it("is answered at once for what was allowed, and asked for more or when the app wants it", async () => {
    const browser = newBrowser();
    const narrow = { client_id: "narrow", redirect_uri: "http://127.0.0.1:1/back" };
    const signIn = (page: Page) => browser.logIn(page, "integration@myvenue.example");
    const first = await signIn(await browser.open(asked({ ...narrow, scope: "id" })));
    await browser.submit(first, { decision: "allow" });
    const again = await browser.open(asked({ ...narrow, scope: "id" }));
    expect(again.answer.get("code")).toMatch(/^aPrx/);
    expect((await browser.open(asked({ ...narrow, scope: "id", prompt: "none" }))).status).toBe(302);
    expect((await browser.open(asked({ ...narrow, scope: "api id" }))).heading).toBe("Allow Access?");
    const consent = await browser.open(asked({ ...narrow, scope: "id", prompt: "consent" }));
    expect(consent.heading).toBe("Allow Access?");
    expect(consent.html).toContain("prompt=login");
    const login = await browser.open(asked({ ...narrow, scope: "id", prompt: "login" }));
    expect(login.heading).toBe("Log In");
    expect((await signIn(login)).answer.get("code")).toMatch(/^aPrx/);
  });

  it("has to sign in again after the org ended every session", async () => {
    const browser = newBrowser();
    await browser.allow(asked());
    await org.control("POST", "/faults", { kind: "expire-sessions" });
    expect((await browser.open(asked({ prompt: "consent" }))).heading).toBe("Log In");
    await org.signIn();
  });
});

describe("authorize by POST", () => {
  it("takes the request as a form", async () => {
    const { challenge } = pkcePair();
    const response = await fetch(`${org.url}/services/oauth2/authorize`, {
      method: "POST",
      body: new URLSearchParams(asked({ code_challenge: challenge })),
    });
    expect(response.status).toBe(200);
    expect(await response.text()).toContain("<h1>Log In</h1>");
  });

  it("refuses other methods", async () => {
    const response = await fetch(`${org.url}/services/oauth2/authorize`, { method: "PUT" });
    expect(response.status).toBe(405);
  });

  it("keeps names and tokens out of the call log", async () => {
    await newBrowser().open(asked({ login_hint: "person@myvenue.example" }));
    const { body } = await org.control<{ calls: { path: string }[] }>("GET", "/calls");
    expect(body.calls.some(({ path }) => path === "/services/oauth2/authorize")).toBe(true);
    expect(JSON.stringify(body)).not.toContain("person%40");
  });
});
