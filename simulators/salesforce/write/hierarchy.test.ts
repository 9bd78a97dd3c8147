import { beforeAll, describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();
let personType = "";

beforeAll(async () => {
  personType = await org.personRecordTypeId();
});

const update = (object: string, id: string, row: Record<string, unknown>) =>
  org.api<unknown>("PATCH", `/sobjects/${object}/${id}`, row);

const circle = (field: string) => ({
  status: 400,
  body: [
    {
      errorCode: "CIRCULAR_DEPENDENCY",
      message: "attempt to violate hierarchy constraints",
      fields: [field],
    },
  ],
});

async function person(LastName: string): Promise<{ id: string; contactId: string }> {
  const id = await org.create("Account", { RecordTypeId: personType, LastName });
  const [row] = await org.query<{ PersonContactId: string }>(
    `SELECT PersonContactId FROM Account WHERE Id = '${id}'`,
  );
  return { id, contactId: row?.PersonContactId ?? "" };
}

describe("a hierarchy", () => {
  it("of accounts has no circles", async () => {
    const top = await org.create("Account", { Name: "Top" });
    const middle = await org.create("Account", { Name: "Middle", ParentId: top });
    const bottom = await org.create("Account", { Name: "Bottom", ParentId: middle });
    expect(await update("Account", top, { ParentId: top })).toMatchObject(circle("ParentId"));
    expect(await update("Account", top, { ParentId: bottom })).toMatchObject(circle("ParentId"));
    expect(await update("Account", bottom, { ParentId: top })).toMatchObject({ status: 204 });
    expect(await update("Account", top, { ParentId: null })).toMatchObject({ status: 204 });
  });

  it("of contacts has no circles", async () => {
    const chief = await org.create("Contact", { LastName: "Chief" });
    const clerk = await org.create("Contact", { LastName: "Clerk", ReportsToId: chief });
    expect(await update("Contact", chief, { ReportsToId: chief })).toMatchObject(circle("ReportsToId"));
    expect(await update("Contact", chief, { ReportsToId: clerk })).toMatchObject(circle("ReportsToId"));
  });
});

describe("a person account", () => {
  it("has no parent account and is none", async () => {
    const business = await org.create("Account", { Name: "Business" });
    const { id } = await person("Alone");
    expect(await update("Account", id, { ParentId: business })).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["ParentId"] }],
    });
    expect(
      await org.api("POST", "/sobjects/Account", {
        RecordTypeId: personType,
        LastName: "x",
        ParentId: business,
      }),
    ).toMatchObject({ status: 400 });
    expect(await update("Account", business, { ParentId: id })).toMatchObject({
      status: 400,
      body: [{ errorCode: "FIELD_INTEGRITY_EXCEPTION", fields: ["ParentId"] }],
    });
    expect(await update("Account", id, { ParentId: null })).toMatchObject({ status: 204 });
  });

  it("has a contact that reports to nobody", async () => {
    const chief = await org.create("Contact", { LastName: "Chief" });
    const { contactId } = await person("Free");
    expect(await update("Contact", contactId, { ReportsToId: chief })).toMatchObject({
      status: 400,
      body: [{ errorCode: "INVALID_FIELD_FOR_INSERT_UPDATE", fields: ["ReportsToId"] }],
    });
    expect(await update("Contact", contactId, { ReportsToId: null })).toMatchObject({ status: 204 });
  });

  it("has opportunities, which can be sent again", async () => {
    const { id } = await person("Buyer");
    const sale = { Name: "Pass", StageName: "Prospecting", CloseDate: "2026-12-31", AccountId: id };
    const opportunity = await org.create("Opportunity", sale);
    expect(opportunity).toMatch(/^006/);
    expect(await update("Opportunity", opportunity, sale)).toMatchObject({ status: 204 });
  });
});
