import { describe, expect, it } from "vitest";
import { useOrg } from "../test-org";

const org = useOrg();
const crlfOrg = useOrg({ lineEnds: "crlf" });

async function stored(row: Record<string, unknown>): Promise<Record<string, unknown>> {
  const id = await org.create("SecutixSale__c", row);
  return (await org.api<Record<string, unknown>>("GET", `/sobjects/SecutixSale__c/${id}`)).body;
}

describe("what the org keeps", () => {
  it("trims text and keeps no empty text", async () => {
    const row = await stored({ Name: "  Sale \t", Space__c: "   ", Item__c: "" });
    expect(row).toMatchObject({ Name: "Sale", Space__c: null, Item__c: null });
  });

  it("rounds numbers half up to the scale of their field", async () => {
    const row = await stored({ Unit_price__c: 1.005, Total_Amount__c: -2.345, Quantity__c: 2.5 });
    expect(row).toMatchObject({ Unit_price__c: 1.01, Total_Amount__c: -2.35, Quantity__c: 3 });
  });

  it.each([
    ["2025-10-12T19:09:27+02:00", "2025-10-12T17:09:27.000+0000"],
    ["2025-10-12T17:09:27.987Z", "2025-10-12T17:09:27.000+0000"],
    ["2025-10-12T17:09:27.000+0000", "2025-10-12T17:09:27.000+0000"],
  ])("keeps %s in UTC, to the second", async (given, kept) => {
    expect((await stored({ CreationDate__c: given })).CreationDate__c).toBe(kept);
  });

  it("keeps line breaks of one kind, as the org is set", async () => {
    expect((await stored({ Remark__c: "a\r\nb\rc\nd" })).Remark__c).toBe("a\nb\nc\nd");
    const id = await crlfOrg.create("SecutixSale__c", { Remark__c: "a\nb" });
    const kept = await crlfOrg.api<Record<string, unknown>>("GET", `/sobjects/SecutixSale__c/${id}`);
    expect(kept.body.Remark__c).toBe("a\r\nb");
  });

  it("takes a number for text, and shows a compound address", async () => {
    expect((await stored({ SecuTixFileId__c: 9012000 })).SecuTixFileId__c).toBe("9012000");
    const id = await org.create("Contact", {
      LastName: "x",
      MailingCity: "Lausanne",
      MailingStreet: "1 rue\nB",
    });
    const { body } = await org.api<Record<string, unknown>>("GET", `/sobjects/Contact/${id}`);
    expect(body.MailingAddress).toMatchObject({ city: "Lausanne", street: "1 rue\nB", country: null });
    expect(body.OtherAddress).toBeNull();
  });

  it("names a custom record without a name after its id", async () => {
    const row = await stored({ SyncId__c: "nameless" });
    expect(row.Name).toBe(row.Id);
  });
});
