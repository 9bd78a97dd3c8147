import { beforeAll, describe, expect, it } from "vitest";
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
});
