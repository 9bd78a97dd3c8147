import { describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();
const get = (path: string) => org.api<Record<string, unknown>>("GET", `/sobjects/${path}`);

async function chain() {
  const account = await org.create("Account", { Name: "Étoile", Site: "Bern" });
  const contact = await org.create("Contact", { LastName: "Relay", AccountId: account });
  const sale = await org.create("SecutixSale__c", { Contact__c: contact });
  return { account, contact, sale };
}

describe("a relationship in the URL", () => {
  it("leads to the parent, over several lookups too", async () => {
    const { account, sale } = await chain();
    const read = await get(`SecutixSale__c/${sale}/Contact__r/Account?fields=Site`);
    expect(read.body).toEqual({
      attributes: { type: "Account", url: `/services/data/v62.0/sobjects/Account/${account}` },
      Site: "Bern",
      Id: account,
    });
  });

  it("can be changed and deleted through", async () => {
    const { account, contact } = await chain();
    const path = `/sobjects/Contact/${contact}/Account`;
    expect((await org.api("PATCH", path, { Site: "Basel" })).status).toBe(204);
    expect((await get(`Account/${account}?fields=Site`)).body.Site).toBe("Basel");
    expect((await org.api("DELETE", path)).status).toBe(204);
    expect((await get(`Account/${account}`)).status).toBe(404);
  });

  it("lists children as a query does", async () => {
    const { account, contact } = await chain();
    const read = await get(`Account/${account}/Contacts?fields=LastName`);
    expect(read.body).toMatchObject({ totalSize: 1, done: true, records: [{ LastName: "Relay" }] });
    expect((await get(`Contact/${contact}/SecutixSales__r`)).body).toMatchObject({ totalSize: 1 });
    const childless = await org.create("Account", { Name: "Childless" });
    expect((await get(`Account/${childless}/Contacts`)).body).toEqual({
      totalSize: 0,
      done: true,
      records: [],
    });
  });

  it("is not found when it is empty or unknown; unknown fields are a bad request", async () => {
    const { account, contact } = await chain();
    expect((await get(`Account/${account}/Parent`)).status).toBe(404);
    expect((await get(`Contact/${contact}/Nobody__r`)).status).toBe(404);
    expect((await get(`Contact/${contact}/Account?fields=Nope`)).status).toBe(400);
    expect((await get(`Account/${account}/Contacts?fields=Nope`)).status).toBe(400);
  });
});
