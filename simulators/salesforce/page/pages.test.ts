import { beforeAll, describe, expect, it } from "vitest";
import { PageSessions, sessionCookie } from "./page-sessions";
import { answerPage } from "./pages";
import { readGrant, setRights } from "../access/direct-rights";
import { multiPicklist, percent, time } from "../model/field-builders";
import { Org } from "../org/org";
import { resolveOptions } from "../org/options";
import { useOrg } from "../test-org";

const org = useOrg();
const page = async (path: string) => {
  const response = await fetch(org.url + path);
  return { status: response.status, html: await response.text() };
};
const SCRIPT = "<script>alert(1)</script>";
let accountId = "";

beforeAll(async () => {
  accountId = await org.create("Account", { Name: SCRIPT, SyncId__c: "p-1" });
  await org.create("SecutixSale__c", {
    Name: 'Jazz "at" midnight',
    Account__c: accountId,
    Total_Amount__c: 85,
  });
});

describe("pages", () => {
  it("show counts and lists, with everything escaped", async () => {
    const home = await page("/");
    expect(home.html).toContain("<b>1</b>Accounts");
    const list = await page("/lightning/o/Account/list?q=P-1");
    expect(list.html).toContain("1 item");
    for (const { html } of [home, list]) {
      expect(html).not.toContain(SCRIPT);
      expect(html).toContain("&lt;script&gt;");
    }
    expect((await page("/lightning/o/Account/list?q=nothing")).html).toContain("No items to display.");
  });

  it("show a record with its sales, at Lightning's address and at its bare id", async () => {
    const record = await page(`/lightning/r/Account/${accountId}/view`);
    expect(record.status).toBe(200);
    expect(record.html).toContain("SecutixSales (1)");
    expect(record.html).toContain("Jazz &quot;at&quot; midnight");
    expect((await page(`/${accountId.slice(0, 15)}`)).html).toContain("SecutixSales (1)");
  });

  it("find records of all objects", async () => {
    expect((await page("/lightning/search?q=midnight")).html).toContain("Jazz");
  });

  it("say when a record is not there", async () => {
    const missing = await page("/lightning/r/Account/001000000000000AAA/view");
    expect(missing.status).toBe(404);
    expect(missing.html).toContain("This record or list is not here.");
    expect((await page("/favicon.ico")).status).toBe(404);
  });

  it.each(["/lightning/", "/lightning/nowhere", "/lightning/r/Account", "/lightning/o/Account/list/more"])(
    "say that %s is no page",
    async (path) => {
      const response = await fetch(org.url + path);
      expect(response.status).toBe(404);
      expect(response.headers.get("content-type")).toMatch(/^text\/html/);
      expect(await response.text()).toContain("Page not found");
    },
  );
});

describe("a list", () => {
  const names = (html: string) => [...html.matchAll(/view"\s*>\s*([^<]+?)\s*<\/a/g)].map(([, name]) => name);

  beforeAll(async () => {
    for (const [Name, NumberOfEmployees] of [
      ["Äther", 9],
      ["Zenith", 100],
      ["bravo", null],
    ]) {
      await org.create("Account", { Name, NumberOfEmployees, Site: "sorted", Phone: "777" });
    }
  });

  it("is ordered by a column, either way, without minding case and accents, empty values last", async () => {
    const ordered = async (sort: string) =>
      names((await page(`/lightning/o/Account/list?q=777&sort=${sort}`)).html);
    expect(await ordered("Name")).toEqual(["Äther", "bravo", "Zenith"]);
    expect(await ordered("-Name")).toEqual(["Zenith", "bravo", "Äther"]);
    expect(await ordered("NumberOfEmployees")).toEqual(["Äther", "Zenith", "bravo"]);
    expect(await ordered("-NumberOfEmployees")).toEqual(["Zenith", "Äther", "bravo"]);
    expect((await page("/lightning/o/Account/list?sort=Name")).html).toContain('aria-sort="ascending"');
  });

  it("that is empty says how to fill it", async () => {
    const empty = await page("/lightning/o/Opportunity/list");
    expect(empty.html).toContain("No items to display.");
    expect(empty.html).toContain('href="/lightning/o/Opportunity/new"');
  });

  it("goes on page by page", async () => {
    for (let start = 0; start < 120; start += 60) {
      await org.upsert(
        "Contact",
        Array.from({ length: 60 }, (_, n) => ({
          SyncId__c: `c-${start + n}`,
          LastName: `Guest ${start + n}`,
        })),
      );
    }
    const last = await page("/lightning/o/Contact/list?page=3");
    expect(last.html).toContain("Page 3 of 3");
    expect(names(last.html)).toHaveLength(20);
  });
});

describe("an object made at run time", () => {
  const made = new Org(resolveOptions({}));
  const sessions = new PageSessions();
  const ask = (method: string, path: string, form: Record<string, string | string[]> = {}) => {
    const { session } = sessions.of(cookie);
    const body = new URLSearchParams({ _token: session.token });
    for (const [name, value] of Object.entries(form)) {
      for (const each of [value].flat()) body.append(name, each);
    }
    return answerPage(made, sessions, {
      method,
      path,
      query: new URLSearchParams(),
      headers: { cookie },
      bodyText: body.toString(),
    });
  };
  let cookie = "";

  beforeAll(() => {
    const sale = made.schema.find("SecutixSale__c");
    if (!sale) throw new Error("The org has no sales.");
    const standard = sale.model.fields.filter((field) => !field.custom);
    const fields = [
      ...standard,
      multiPicklist("Genres__c", "Genres", ["Jazz", "Opera", "Dance"]),
      percent("Share__c", "Share", 3, 1),
      time("Doors__c", "Doors open"),
    ];
    made.define([
      { ...sale.model, name: "Show__c", label: "Show", labelPlural: "Shows", keyPrefix: "a0Z", fields },
    ]);
    const all = { read: true, edit: true };
    const rights = readGrant({
      ...all,
      create: true,
      fields: { Genres__c: all, Share__c: all, Doors__c: all },
    });
    setRights(made, made.setup.adminUserId, "Show__c", rights);
    cookie = sessionCookie(sessions.of(undefined).session).split(";")[0] ?? "";
  });

  it("has a tab, a form with all its fields, and a page", () => {
    expect(ask("GET", "/")?.html).toContain('href="/lightning/o/Show__c/list"');
    const form = ask("GET", "/lightning/o/Show__c/new")?.html ?? "";
    expect(form).toMatch(/role="group"[^>]*aria-labelledby="f-Genres__c-label"/);
    const saved = ask("POST", "/lightning/o/Show__c/new", {
      Name: "Night",
      Genres__c: ["Opera", "Jazz"],
      Share__c: "12.5",
      Doors__c: "19:30",
    });
    expect(saved?.status).toBe(303);
    const shown = ask("GET", String(saved?.headers?.Location))?.html ?? "";
    expect(shown).toContain("12.5");
    expect(shown).toContain("19:30");
    expect(shown).toMatch(/Jazz; Opera|Opera; Jazz/);
  });
});
