import type { Page } from "@playwright/test";
import { applyConnection, orgRecords, query, signingIn } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

const numbers = Array.from({ length: 8 }, (_, i) => `77000${i + 10}`);
const [first = ""] = numbers;

const contact = (contactNumber: string) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: {
    title: "MRS",
    individualFirstName: "Edna",
    individualLastName: `Frank ${contactNumber}`,
  },
  addresses: [{ main: true, street1: "12 rue du Lac", zipCode: "1004", town: "Lausanne", countryCode: "CH" }],
  communicationMeans: [{ email: `edna${contactNumber}@mail.example` }],
  contactCriteria: [{ code: "NEWS", values: ["OPERA"] }],
});

async function post(url: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

/** The contact as the simulated venue holds it. */
async function inS360(stack: Stack, key: string): Promise<Record<string, unknown>> {
  const response = await fetch(`${stack.s360Url}/__control/contacts?key=${key}`);
  return (await response.json()) as Record<string, unknown>;
}

async function accountOf(stack: Stack, key: string): Promise<Record<string, unknown> | undefined> {
  return (await orgRecords(stack, "Account")).find((account) => account["SyncId__c"] === key);
}

const within = { timeout: 30_000 };

/** As a person does: on the org's own page. */
async function editInSalesforce(page: Page, stack: Stack, key: string, field: string, value: string) {
  const account = await accountOf(stack, key);
  await page.goto(`${stack.salesforceUrl}/lightning/r/Account/${String(account?.["Id"])}/edit`);
  await page.getByLabel(field, { exact: true }).fill(value);
  await page.getByRole("button", { name: "Save", exact: true }).click();
  await expect(page.getByText("was saved")).toBeVisible();
}

test.describe("Edits in Salesforce", () => {
  test.beforeAll(async ({ stack }) => {
    await applyConnection(stack, "myvenue", stack.salesforceUrl, {
      s360: signingIn,
      contactsOut: { pollSeconds: 5, massLimit: 5 },
    });
    await post(`${stack.s360Url}/__control/contacts`, numbers.map(contact));
    await post(`${stack.s360Url}/__control/run`, {});
    await expect.poll(async () => Boolean(await accountOf(stack, numbers.at(-1) ?? "")), within).toBe(true);
    const polled = "select count(*)::int as n from feed where last_polled_at > now() - interval '20 seconds'";
    await expect.poll(async () => (await query(stack, polled))[0]?.["n"], within).toBe(1);
  });

  test("go back to S-360, and the record tells who changed what", async ({ page, stack }) => {
    test.setTimeout(120_000);
    const before = await inS360(stack, first);
    await editInSalesforce(page, stack, first, "First Name", "Ada");
    await expect
      .poll(async () => (await inS360(stack, first))["individualContact"], within)
      .toMatchObject({ individualFirstName: "Ada", individualLastName: `Frank ${first}` });
    expect((await inS360(stack, first))["contactCriteria"]).toEqual(before["contactCriteria"]);

    const [row] = await query(stack, "select id from record where family = 'contact' and key = $1", [first]);
    await signIn(page, stack, `/records/${String(row?.["id"])}`);
    await expect(page.getByRole("heading", { level: 1 })).toContainText(`Ada Frank ${first}`);
    const timeline = page.locator("ol.timeline");
    await expect(timeline).toContainText("S-360");
    await expect(timeline).toContainText("Ada");
    await expect(page.getByText("Contacts to S-360").first()).toBeVisible();
  });

  test("by the dozen wait as one review, are started, and are through", async ({ page, stack }) => {
    const accounts = await orgRecords(stack, "Account");
    const records = accounts
      .filter((account) => numbers.includes(String(account["SyncId__c"])))
      .map((account) => ({ Id: account["Id"], PersonMailingCity: "Genève" }));
    await post(`${stack.salesforceUrl}/__control/records`, { object: "Account", records });

    await signIn(page, stack, "/reviews");
    const review = page.getByRole("listitem").filter({ hasText: "Many records changed at once" }).first();
    await expect(review).toContainText(`${numbers.length} records changed in Salesforce at once`, within);
    expect((await inS360(stack, first))["addresses"]).toMatchObject([{ town: "Lausanne" }]);

    await review.getByRole("button", { name: "Many records changed at once" }).click();
    await expect(review.getByText("Mailing City")).toBeVisible();
    await review.getByRole("button", { name: "Send now", exact: true }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Send now" }).click();
    for (const number of numbers) {
      await expect
        .poll(async () => (await inS360(stack, number))["addresses"], within)
        .toMatchObject([{ town: "Genève" }]);
    }
    await expect(page.getByRole("listitem").filter({ hasText: "Many records" })).toHaveCount(0, within);
    await page.getByRole("tab", { name: "Decided" }).click();
    await expect(page.getByText(stack.adminEmail).first()).toBeVisible();
  });

  test("and what was deleted there waits for a person, on pages that fit", async ({ page, stack }) => {
    test.setTimeout(240_000);
    const last = numbers.at(-1) ?? "";
    const id = String((await accountOf(stack, last))?.["Id"]);
    await fetch(`${stack.salesforceUrl}/__control/records?object=Account&id=${id}`, { method: "DELETE" });
    const complaints = complaintsOf(page);
    await signIn(page, stack, "/reviews");
    // The delete log is told to the minute (salesforce.md §4.1).
    const review = page.getByRole("listitem").filter({ hasText: "deleted in Salesforce" }).first();
    await expect(review).toBeVisible({ timeout: 150_000 });
    for (const width of widths) {
      for (const [name, path] of Object.entries({ reviews: "/reviews", rules: "/rules", health: "/" }))
        await look(page, `way-back-${name}`, path, width);
    }
    await page.goto("/reviews");
    await review.getByRole("button", { expanded: false }).click();
    await review.getByRole("button", { name: "It stays deleted" }).click();
    await expect(review).toHaveCount(0);
    expect(complaints).toEqual([]);
  });
});
