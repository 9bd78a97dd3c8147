import { describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();

const sale = (Name: string, AccountId: string, StageName: string) =>
  org.create("Opportunity", { Name, AccountId, StageName, CloseDate: "2026-12-31" });

describe("an account whose opportunities were won", () => {
  it("is not deleted, nor are they", async () => {
    const id = await org.create("Account", { Name: "Étoile" });
    const won = [await sale("A", id, "Closed Won"), await sale("B", id, "Closed Won")];
    await sale("C", id, "Prospecting");
    const message =
      "Your attempt to delete Étoile could not be completed because some opportunities in that account were closed won. The opportunities that could not be deleted are shown below.: A, B\n";
    expect(await org.api("DELETE", `/sobjects/Account/${id}`)).toMatchObject({
      status: 400,
      body: [{ errorCode: "DELETE_FAILED", message, fields: [] }],
    });
    const left = () => org.query<{ Name: string }>(`SELECT Name FROM Opportunity WHERE AccountId = '${id}'`);
    expect(await left()).toHaveLength(3);
    for (const opportunity of won) await org.api("DELETE", `/sobjects/Opportunity/${opportunity}`);
    expect((await org.api("DELETE", `/sobjects/Account/${id}`)).status).toBe(204);
    expect(await left()).toEqual([]);
  });

  it("is deleted with those that are open or lost", async () => {
    const id = await org.create("Account", { Name: "Lune" });
    await sale("Open", id, "Prospecting");
    await sale("Lost", id, "Closed Lost");
    expect((await org.api("DELETE", `/sobjects/Account/${id}`)).status).toBe(204);
  });
});
