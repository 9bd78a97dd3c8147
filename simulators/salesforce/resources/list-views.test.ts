import { beforeAll, describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();
const get = async <Body>(path: string) => (await org.api<Body>("GET", path)).body;
const below = (url: string) => url.replace("/services/data/v62.0", "");

interface ListView {
  id: string;
  developerName: string;
  label: string;
  url: string;
  describeUrl: string;
  resultsUrl: string;
}
interface Results {
  columns: { fieldNameOrPath: string; hidden: boolean }[];
  records: { columns: { fieldNameOrPath: string; value: string | null }[] }[];
  done: boolean;
  size: number;
}

describe("list views", () => {
  let view: ListView;

  beforeAll(async () => {
    const accountId = await org.create("Account", { Name: "Étoile" });
    for (let number = 1; number <= 30; number++) {
      await org.create("Contact", {
        LastName: `Guest ${String(number).padStart(2, "0")}`,
        AccountId: accountId,
      });
    }
    const { listviews } = await get<{ listviews: ListView[] }>("/sobjects/Contact/listviews");
    view = listviews[0] ?? { id: "", developerName: "", label: "", url: "", describeUrl: "", resultsUrl: "" };
  });

  it("are one for each object: all of its records", async () => {
    expect(view).toMatchObject({ developerName: "AllContacts", label: "All Contacts", soqlCompatible: true });
    expect(view.id).toMatch(/^00B\w{15}$/);
    expect(await get(below(view.url))).toEqual(view);
    const other = await get<{ listviews: ListView[] }>("/sobjects/Account/listviews");
    expect(other.listviews[0]?.id).not.toBe(view.id);
    expect((await org.api("GET", `/sobjects/Account/listviews/${view.id}`)).status).toBe(404);
  });

  it("describe themselves with a query that can be asked", async () => {
    const body = await get<{ query: string; columns: Results["columns"]; sobjectType: string }>(
      below(view.describeUrl),
    );
    expect(body.sobjectType).toBe("Contact");
    expect(body.columns.map(({ fieldNameOrPath }) => fieldNameOrPath)).toEqual(
      expect.arrayContaining(["Name", "Account.Name", "Email", "Id"]),
    );
    expect(await org.query(body.query)).toHaveLength(30);
  });

  it("answer their first 25 rows, or those asked for, with values as text", async () => {
    const first = await get<Results>(below(view.resultsUrl));
    expect([first.size, first.done, first.records.length]).toEqual([25, false, 25]);
    const values = Object.fromEntries(
      first.records[0]?.columns.map(({ fieldNameOrPath, value }) => [fieldNameOrPath, value]) ?? [],
    );
    expect(values).toMatchObject({ Name: "Guest 01", "Account.Name": "Étoile", Email: null });
    const rest = await get<Results>(`${below(view.resultsUrl)}?limit=10&offset=26`);
    expect([rest.size, rest.done]).toEqual([5, true]);
    expect((await org.api("GET", `${below(view.resultsUrl)}?limit=none`)).status).toBe(400);
  });
});

describe("recently viewed records", () => {
  interface Recent {
    attributes: { type: string };
    Id: string;
    Name: string;
  }

  it("are those a user looked at, last first, of all objects or of one", async () => {
    const accountId = await org.create("Account", { Name: "Seen" });
    const contactId = await org.create("Contact", { LastName: "Seen too" });
    await org.query(`SELECT Id FROM Account WHERE Id = '${accountId}' FOR VIEW`);
    await org.query(`SELECT Id FROM Contact WHERE Id = '${contactId}' FOR VIEW`);
    const recent = await get<Recent[]>("/recent?limit=2");
    expect(recent.map(({ Id }) => Id)).toEqual([contactId, accountId]);
    expect(recent[1]).toEqual({
      attributes: { type: "Account", url: `/services/data/v62.0/sobjects/Account/${accountId}` },
      Id: accountId,
      Name: "Seen",
    });
    expect(await get<Recent[]>("/recent?limit=1")).toHaveLength(1);
    const { recentItems } = await get<{ recentItems: Recent[] }>("/sobjects/Account");
    expect(recentItems[0]?.Id).toBe(accountId);
    expect(new Set(recentItems.map(({ attributes }) => attributes.type))).toEqual(new Set(["Account"]));
    await org.api("DELETE", `/sobjects/Contact/${contactId}`);
    expect((await get<Recent[]>("/recent"))[0]?.Id).toBe(accountId);
    expect((await org.api("GET", "/recent?limit=0")).status).toBe(400);
  });

  it("are also those a call created, changed or read, unless Sforce-Mru says no", async () => {
    const silent = { "Sforce-Mru": "updateMru=false" };
    const newest = async () => (await get<Recent[]>("/recent?limit=1"))[0]?.Id;
    const seen = await org.create("Account", { Name: "Created" });
    const other = await org.create("Account", { Name: "Other" });
    const path = `/sobjects/Account/${seen}`;
    expect(await newest()).toBe(other);
    await org.api("GET", path, undefined, silent);
    await org.api("PATCH", path, { Site: "x" }, silent);
    await org.api("POST", "/sobjects/Account", { Name: "Unseen" }, silent);
    await org.query(`SELECT Id FROM Account WHERE Id = '${seen}'`);
    expect(await newest()).toBe(other);
    await org.api("GET", path);
    expect(await newest()).toBe(seen);
    await org.api("PATCH", `/sobjects/Account/${other}`, { Site: "x" }, { "sforce-mru": "updateMru=true" });
    expect(await newest()).toBe(other);
    await org.api("GET", path, undefined, silent, "59.0");
    expect(await newest()).toBe(seen);
    expect((await org.api("GET", path, undefined, { "Sforce-Mru": "no" })).status).toBe(400);
  });
});
