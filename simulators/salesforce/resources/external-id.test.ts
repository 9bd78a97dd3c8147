import { describe, expect, it } from "vitest";
import { useOrg, type ErrorBody } from "../test-org";

const org = useOrg();
interface Upserted {
  id: string;
  success: boolean;
  created?: boolean;
}

const upsert = (key: string, row: unknown, version = "62.0") =>
  org.api<Upserted>("PATCH", `/sobjects/Contact/SyncId__c/${key}`, row, {}, version);

describe("an upsert by external id", () => {
  it("answers 201 with Location, then 200; up to 45.0 without created, then 204", async () => {
    const created = await upsert("x1", { LastName: "New" });
    expect(created).toMatchObject({ status: 201, body: { success: true, created: true } });
    expect(created.headers.get("location")).toBe(`/services/data/v62.0/sobjects/Contact/${created.body.id}`);
    expect(await upsert("x1", { Title: "Chief" })).toMatchObject({
      status: 200,
      body: { id: created.body.id, success: true, errors: [], created: false },
    });
    const old = await upsert("x2", { LastName: "Old" }, "45.0");
    expect([old.status, "created" in old.body]).toEqual([201, false]);
    expect((await upsert("x2", { Title: "Chief" }, "45.0")).status).toBe(204);
  });

  it.each(["a/b", "what?", "no#1", "two words", "Größe", "50%", "a+b", "semi;colon", "q=1&r=2"])(
    "takes the key %s, percent-encoded",
    async (key) => {
      const { body } = await upsert(encodeURIComponent(key), { LastName: "Encoded" });
      const [row] = await org.query<{ SyncId__c: string }>(
        `SELECT SyncId__c FROM Contact WHERE Id = '${body.id}'`,
      );
      expect(row?.SyncId__c).toBe(key);
      const again = await org.api<{ Id: string }>(
        "GET",
        `/sobjects/Contact/SyncId__c/${encodeURIComponent(key)}`,
      );
      expect(again.body.Id).toBe(body.id);
    },
  );

  it("creates nothing with updateOnly, and refuses other values of it", async () => {
    const path = "/sobjects/Contact/SyncId__c/only";
    expect((await org.api("PATCH", `${path}?updateOnly=true`, { LastName: "x" })).status).toBe(404);
    expect((await org.api("PATCH", `${path}?updateOnly=maybe`, { LastName: "x" })).status).toBe(400);
    expect((await org.api("PATCH", `${path}?updateOnly=false`, { LastName: "x" })).status).toBe(201);
    expect((await org.api("PATCH", `${path}?updateOnly=true`, { LastName: "y" })).status).toBe(200);
  });

  it("answers 300 with the records when a key that need not be unique is held by several", async () => {
    const row = { LastName: "Shared", Email: "shared@mail.example" };
    const ids = [await org.create("Contact", row), await org.create("Contact", row)];
    const answer = await org.api("PATCH", "/sobjects/Contact/Email/shared@mail.example", { Title: "x" });
    expect(answer.status).toBe(300);
    expect(answer.body).toEqual(ids.map((id) => `/services/data/v62.0/sobjects/Contact/${id}`));
  });

  it("wants its key in the URL alone, and not empty", async () => {
    const inBody = await org.api<ErrorBody>("PATCH", "/sobjects/Contact/SyncId__c/k", {
      SyncId__c: "k",
      LastName: "x",
    });
    expect(inBody.body[0]).toEqual({
      errorCode: "INVALID_FIELD",
      message: "The SyncId__c field should not be specified in the sobject data.",
    });
    expect((await org.api<ErrorBody>("PATCH", "/sobjects/Contact/SyncId__c/%20", {})).body[0]?.message).toBe(
      "SyncId__c not specified",
    );
    expect((await org.api<ErrorBody>("PATCH", "/sobjects/Contact/Title/x", {})).body[0]).toEqual({
      errorCode: "NOT_FOUND",
      message: "Provided external ID field does not exist or is not accessible: Title",
    });
  });
});

describe("an upsert by Id", () => {
  it("creates with POST and no value, and updates with a value", async () => {
    const created = await org.api<Upserted>("POST", "/sobjects/Contact/Id", { LastName: "Null key" });
    expect(created).toMatchObject({ status: 201, body: { success: true, created: true } });
    const path = `/sobjects/Contact/Id/${created.body.id}`;
    expect(await org.api("PATCH", path, { Title: "Chief" })).toMatchObject({
      status: 200,
      body: { created: false },
    });
    expect((await org.api<Record<string, unknown>>("GET", path)).body.Title).toBe("Chief");
    expect((await org.api("PATCH", "/sobjects/Contact/Id/003000000000001AAA", { Title: "x" })).status).toBe(
      404,
    );
    expect((await org.api("DELETE", path)).status).toBe(204);
  });

  it("refuses an Id or an external id in the body", async () => {
    const { body } = await org.api<ErrorBody>("POST", "/sobjects/Contact/Id", {
      LastName: "x",
      SyncId__c: "y",
    });
    expect(body[0]?.message).toBe("The SyncId__c field should not be specified in the sobject data.");
    const withId = await org.api<ErrorBody>("POST", "/sobjects/Contact/Id", { Id: "003000000000001" });
    expect(withId.body[0]?.message).toBe("The Id field should not be specified in the sobject data.");
  });
});

describe("a lookup given by the parent's key", () => {
  it("finds the parent by external id, by id and by e-mail, or tells that it does not", async () => {
    const account = await org.create("Account", { Name: "Parent", SyncId__c: "parent-1" });
    const accountOf = async (row: Record<string, unknown>) => {
      const id = await org.create("Contact", { LastName: "Child", ...row });
      return (await org.api<Record<string, unknown>>("GET", `/sobjects/Contact/${id}`)).body.AccountId;
    };
    expect(await accountOf({ Account: { SyncId__c: "PARENT-1" } })).toBe(account);
    expect(await accountOf({ Account: { attributes: { type: "Account" }, Id: account.slice(0, 15) } })).toBe(
      account,
    );
    const missing = await org.api<ErrorBody>("POST", "/sobjects/Contact", {
      LastName: "x",
      Account: { SyncId__c: "nobody" },
    });
    expect(missing.body[0]?.message).toBe(
      "Foreign key external ID: nobody not found for field SyncId__c in entity Account",
    );
    const wrong = await org.api<ErrorBody>("POST", "/sobjects/Contact", {
      LastName: "x",
      Account: { Name: "Parent" },
    });
    expect(wrong.body[0]?.message).toContain("is not an External ID or indexed field for Account");
  });

  it("answers 400, not 404, for a lookup to an unknown record", async () => {
    const id = await org.create("Contact", { LastName: "x" });
    const path = `/sobjects/Contact/${id}`;
    expect((await org.api("PATCH", path, { AccountId: "001000000000001AAA" })).status).toBe(400);
    expect((await org.api("PATCH", "/sobjects/Contact/003000000000001AAA", {})).status).toBe(404);
  });
});
