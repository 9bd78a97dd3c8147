import { applyConnection, orgRecords, query, signingIn } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import type { Stack } from "@/e2e/support/stack";
import { expect, test } from "@/e2e/support/story";

const [went, stayed, forgotten] = ["6600010", "6600011", "6600012"] as const;

const contact = (contactNumber: string) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: {
    title: "MRS",
    individualFirstName: "Ida",
    individualLastName: `Koch ${contactNumber}`,
  },
  communicationMeans: [{ email: `ida${contactNumber}@mail.example` }],
});

const order = {
  orderId: 6_600_001,
  orderType: "SALE",
  contactReference: went,
  operationDatas: [
    { operationId: 66_000_010, product: "Jazz", totalAmount: 20000, unitPrice: 20000, quantity: 1 },
  ],
};

async function tell(stack: Stack, path: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const url = `${stack.s360Url}/__control/${path}`;
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${path} answered ${response.status}: ${await response.text()}`);
}

async function accountOf(stack: Stack, key: string): Promise<Record<string, unknown> | undefined> {
  return (await orgRecords(stack, "Account")).find((account) => account["SyncId__c"] === key);
}

/** The number of the contact whose account the sale stands under. */
async function buyer(stack: Stack): Promise<unknown> {
  const sale = (await orgRecords(stack, "SecutixSale__c")).find(({ SyncId__c: key }) => key === "66000010");
  const account = (await orgRecords(stack, "Account")).find(({ Id: id }) => id === sale?.["Account__c"]);
  return account?.["SyncId__c"];
}

async function pageOf(stack: Stack, key: string): Promise<string> {
  const [row] = await query(stack, "select id from record where family = 'contact' and key = $1", [key]);
  return `/records/${String(row?.["id"])}`;
}

const within = { timeout: 30_000 };

test.describe("What S-360 does not tell by itself", () => {
  test.beforeAll(async ({ stack }) => {
    await applyConnection(stack, "myvenue", stack.salesforceUrl, { s360: signingIn });
    await tell(stack, "contacts", [went, stayed, forgotten].map(contact));
    await tell(stack, "orders", [order]);
    await tell(stack, "run", {});
    await expect.poll(() => buyer(stack), within).toBe(went);
  });

  test("which number stayed after a merge, a person says, sees both, and takes it back", async ({
    page,
    stack,
  }) => {
    test.setTimeout(120_000);
    const complaints = complaintsOf(page);
    await signIn(page, stack, await pageOf(stack, went));
    await page.getByRole("button", { name: "Merged in S-360" }).click();
    const dialog = page.getByRole("dialog", { name: "Merged in S-360" });
    const number = dialog.getByLabel("This number now belongs to contact number");
    await number.fill(went);
    await number.press("Enter");
    await expect(dialog).toContainText("That is the number itself");
    await expect(dialog.getByRole("button", { name: "They are one" })).toBeDisabled();
    await number.fill(stayed);
    await dialog.getByRole("button", { name: "Look" }).click();
    await expect(dialog).toContainText(`Ida Koch ${stayed}`);
    await expect(dialog).toContainText("Its sales (1)");
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 });
      await page.screenshot({ path: `test-results/screens/merged-dialog-${width}.png` });
    }
    await dialog.getByRole("button", { name: "They are one" }).click();
    await expect(page.getByText("that this number belongs to")).toBeVisible(within);
    await expect.poll(() => buyer(stack), within).toBe(stayed);
    expect(await accountOf(stack, went)).toMatchObject({ LastName: `Koch ${went}` });
    for (const width of widths) {
      await look(page, "merged-number", await pageOf(stack, went), width);
      await look(page, "merged-head", await pageOf(stack, stayed), width);
    }
    await expect(page.getByText("Former number")).toBeVisible();

    await page.goto(await pageOf(stack, went));
    await page.getByRole("button", { name: "Take back" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Take back" }).click();
    await expect(page.getByRole("button", { name: "Merged in S-360" })).toBeVisible(within);
    await expect.poll(() => buyer(stack), within).toBe(went);
    expect(complaints).toEqual([]);
  });

  test("a contact that was anonymised waits for a person, and is blanked", async ({ page, stack }) => {
    test.setTimeout(120_000);
    await tell(stack, "anonymise", { contactNumber: forgotten });
    await tell(stack, "run", {});
    await signIn(page, stack, "/reviews");
    const review = page.getByRole("listitem").filter({ hasText: "Anonymised or unknown in S-360" }).first();
    await expect(review).toBeVisible(within);
    for (const width of widths) {
      await look(page, "anonymised-contact", await pageOf(stack, forgotten), width);
      await look(page, "anonymised-rules", "/rules", width);
    }
    await page.goto("/reviews");
    await review.getByRole("button", { name: "Anonymised or unknown in S-360" }).click();
    await review.getByRole("button", { name: "Blank it in Salesforce" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Blank it in Salesforce" }).click();
    await expect
      .poll(() => accountOf(stack, forgotten), within)
      .toMatchObject({ LastName: "XXXXXXXX", FirstName: null, PersonEmail: null });
  });
});
