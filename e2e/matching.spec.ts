import { applyConnection, connector, orgRecords, query } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

const number = "7790001";
const email = "edna.matching@mail.example";
const contact = {
  contactNumber: number,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: "Matching" },
  communicationMeans: [{ email, cellularPhone: "41 / 0791234567" }],
};

async function post(url: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

const personType = async (stack: Stack): Promise<unknown> =>
  (await query(stack, "select org->'recordTypes' as types from connection where institution = 'myvenue'"))
    .flatMap(({ types }) => (types ?? []) as { id: string; person: boolean }[])
    .find(({ person }) => person)?.id;

/** As two colleagues who each typed the person in. */
async function typedTwice(stack: Stack): Promise<void> {
  const one = {
    RecordTypeId: await personType(stack),
    FirstName: "Edna",
    LastName: "Matching",
    PersonEmail: email,
  };
  const records = [one, { ...one, PersonMobilePhone: "+41 79 765 43 21" }];
  await post(`${stack.salesforceUrl}/__control/records`, { object: "Account", records });
}

const within = { timeout: 30_000 };

test.describe("A contact that Salesforce has twice without a Sync ID", () => {
  test("waits, and becomes the one that an admin says", async ({ page, stack }) => {
    test.setTimeout(120_000);
    await applyConnection(stack);
    // The org is described with the first contact that is written.
    const other = { ...contact, contactNumber: "7790000", communicationMeans: [] };
    await post(`${stack.s360Url}/__control/contacts`, [other]);
    await post(`${stack.s360Url}/__control/run`, {});
    await expect.poll(async () => Boolean(await personType(stack)), within).toBe(true);
    await typedTwice(stack);
    await post(`${stack.s360Url}/__control/contacts`, [contact]);
    await post(`${stack.s360Url}/__control/run`, {});

    const complaints = complaintsOf(page);
    await signIn(page, stack, "/reviews");
    const title = page.getByRole("button", { name: "Several Salesforce records may be this contact" });
    await expect(title).toBeVisible(within);
    await title.click();
    const candidates = page.getByRole("list", { name: "Salesforce records" }).getByRole("listitem");
    await expect(candidates).toHaveCount(2);
    await expect(candidates.first()).toContainText(email);
    await page.screenshot({ path: "test-results/screens/matching-review-1280.png", fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await page.screenshot({ path: "test-results/screens/matching-review-390.png", fullPage: true });
    await page.setViewportSize({ width: 1280, height: 844 });

    const id = (await candidates.nth(1).getByRole("heading").innerText()).trim().slice(0, 18);
    await candidates.nth(1).getByRole("button", { name: "It is this one" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "It is this one" }).click();
    const chosen = async () => (await orgRecords(stack, "Account")).find((row) => row["Id"] === id);
    await expect.poll(async () => (await chosen())?.["SyncId__c"], within).toBe(number);
    const same = (await orgRecords(stack, "Account")).filter((row) => row["PersonEmail"] === email);
    expect(same).toHaveLength(2);
    expect(complaints).toEqual([]);
  });

  test("is looked for by rules that an admin picks, orders by keyboard and saves", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await signIn(page, stack, "/rules");
    const card = page.getByRole("region", { name: "What Salesforce may have already" });
    const individuals = card.getByRole("region", { name: "Individuals" });
    await expect(individuals.getByLabel("Rule 1: the same")).toHaveValue("Email");
    await individuals.getByRole("button", { name: "Add a rule for individuals" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "By the phone" }).click();
    await expect(individuals.getByLabel("Rule 2: the same")).toHaveValue("MobilePhone");
    await individuals.getByRole("button", { name: "Move rule 2 up" }).focus();
    await page.keyboard.press("Enter");
    await expect(individuals.getByLabel("Rule 1: the same")).toHaveValue("MobilePhone");
    // The focus went along.
    await expect(individuals.getByRole("button", { name: "Move rule 1 down" })).toBeFocused();

    const structures = card.getByRole("region", { name: "Structures" });
    await structures.getByRole("button", { name: "Add a rule for structures" }).click();
    await page.getByRole("menuitem", { name: "By a VAT or registration number" }).click();
    await expect(structures.getByText("Asleep")).toBeVisible();
    await page.screenshot({ path: "test-results/screens/matching-rules-1280.png", fullPage: true });
    await page.getByRole("button", { name: "Save" }).click();
    const dialog = page.getByRole("dialog", { name: "Save these rules?" });
    await expect(dialog).toContainText("1. MobilePhone, normalised, with the name; 2. Email, exactly");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The rules are saved")).toBeVisible();
    expect(await connector(stack, "export", "myvenue")).toContain("- MobilePhone");
    for (const width of widths) await look(page, "matching-rules", "/rules", width);
    expect(complaints).toEqual([]);
  });
});
