import { expect, test } from "@/e2e/support/story";
import {
  applyConnection,
  orgRecords,
  postText,
  push,
  query,
  signingIn,
  untilTakenIn,
} from "@/e2e/support/connector";

const megabyte = 1024 * 1024;

function person(contactNumber: string, more: object = {}): object {
  const individualContact = { individualFirstName: "Ada", individualLastName: `Webhook ${contactNumber}` };
  return { contactNumber, type: "INDIVIDUAL", role: "PUBLIC", individualContact, ...more };
}

/** A payload of exactly so many megabytes, in items of about one megabyte each. */
function payload(megabytes: number, firstNumber: number): string {
  const items = Array.from({ length: megabytes }, (_, index) =>
    person(String(firstNumber + index), { remark: "x".repeat(megabyte - 1_000) }),
  );
  const text = JSON.stringify(items);
  return text + " ".repeat(megabytes * megabyte - Buffer.byteLength(text));
}

test.describe("The webhooks", () => {
  test.beforeAll(({ stack }) => applyConnection(stack));

  test("take 63 MB in one call and store it whole", async ({ stack }) => {
    const text = payload(63, 6_300_001);
    const answer = await postText(`${stack.url}/s360/contacts/myvenue`, text);
    expect(answer).toEqual({ status: 200, body: JSON.stringify({ received: 63 }) });
    await untilTakenIn(stack);
    const [stored] = await query(
      stack,
      `select count(*)::int as items, sum(octet_length(raw))::int as bytes from event
       where raw like '%Webhook 63000%'`,
    );
    const sent = (JSON.parse(text) as object[]).reduce((sum, item) => sum + JSON.stringify(item).length, 0);
    expect(stored).toEqual({ items: 63, bytes: sent });
  });

  test("refuse 65 MB with 413, store nothing of it, and go on", async ({ stack }) => {
    const answer = await postText(`${stack.url}/s360/contacts/myvenue`, payload(65, 6_500_001));
    expect(answer.status).toBe(413);
    expect(answer.body).toContain("64 MB");
    const stored = await query(stack, "select id from event where raw like '%Webhook 65000%'");
    expect(stored).toEqual([]);
    await push(stack, "contacts", [person("6500999")]);
  });

  test("V1 name a contact and its order by number, and both reach Salesforce", async ({ stack }) => {
    await applyConnection(stack, "myvenue", stack.salesforceUrl, {
      s360: signingIn,
      contactsOut: { enabled: false },
    });
    const control = async (word: string, body: object) => {
      const answer = await fetch(`${stack.s360Url}/__control/${word}`, {
        method: "POST",
        body: JSON.stringify(body),
      });
      expect(answer.status, await answer.text()).toBe(200);
    };
    const address = (webhook: string) => `${stack.url}/s360/${webhook}/myvenue`;
    await control("settings", {
      contacts: { v1: { method: "GET", url: `${address("contacts")}?contactNumber=\${contactNumber}` } },
      orders: { v1: { method: "POST", url: address("orders"), body: '{"orderId":"${orderId}"}' } },
    });
    await control("contacts", person("0071001"));
    await control("orders", {
      ...{ orderId: 7100100001, orderType: "SALE", orderState: "CLOSED", contactReference: "0071001" },
      operationDatas: [{ operationId: 71001000011, product: "Named", quantity: 1 }],
    });
    await control("run", {});
    const namedOnSale = async () => {
      const sales = await orgRecords(stack, "SecutixSale__c");
      return sales.find((sale) => sale.SyncId__c === "71001000011")?.ContactSTXNumber__c;
    };
    // S-360 is asked once a second, and what other stories have left there is named too.
    await expect.poll(namedOnSale, { timeout: 30_000 }).toBe("0071001");
    await control("settings", { contacts: { v1: null }, orders: { v1: null } });
  });

  test("take 200 calls at once, and every contact reaches Salesforce", async ({ stack }) => {
    const numbers = Array.from({ length: 200 }, (_, index) => String(2_000_001 + index));
    const contacts = `${stack.url}/s360/contacts/myvenue`;
    const answers = await Promise.all(
      numbers.map((number) => postText(contacts, JSON.stringify([person(number)]))),
    );
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    await expect
      .poll(
        async () => {
          const accounts = await orgRecords(stack, "Account");
          const arrived = new Set(accounts.map((account) => account.SyncId__c));
          return numbers.filter((number) => !arrived.has(number)).length;
        },
        { timeout: 30_000, message: "contacts that are still missing in the org" },
      )
      .toBe(0);
  });

  test("answer a call that cannot be used with the reason", async ({ stack }) => {
    const contacts = `${stack.url}/s360/contacts`;
    expect((await postText(`${contacts}/nowhere`, "[]")).status).toBe(404);
    expect((await postText(`${contacts}/myvenue`, "no json")).status).toBe(400);
    expect((await fetch(`${contacts}/myvenue`)).status).toBe(400);
    expect((await fetch(`${contacts}/myvenue`, { method: "PUT", body: "[]" })).status).toBe(405);
    const form = await fetch(`${contacts}/myvenue`, {
      method: "POST",
      body: new URLSearchParams({ a: "b" }),
    });
    expect(form.status).toBe(415);
  });
});

test("The health address says that calls can be taken", async ({ request }) => {
  const response = await request.get("/api/health");
  expect([response.status(), await response.json()]).toEqual([200, { status: "ready" }]);
});
