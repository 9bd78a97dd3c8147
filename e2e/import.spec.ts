import { applyConnection, orgRecords, query } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

const within = { timeout: 30_000 };
const path = "/import?connection=myvenue";

const person = (
  number: number,
  lastName = `Imported ${number}`,
  creationDate = "2019-03-02T09:15:04.120+00:00",
) => ({
  contactNumber: String(8_800_000 + number),
  contactId: 8_800_000 + number,
  creationDate,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: lastName },
});

async function send(stack: Stack, contacts: readonly unknown[]): Promise<void> {
  for (const [word, body] of [
    ["contacts", contacts],
    ["run", {}],
  ] as const) {
    const headers = { "content-type": "application/json" };
    const url = `${stack.s360Url}/__control/${word}`;
    const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
    if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
  }
}

/** Those of this story that are in Salesforce. */
const inOrg = async (stack: Stack): Promise<string[]> =>
  (await orgRecords(stack, "Account"))
    .map((account) => String(account["SyncId__c"] ?? ""))
    .filter((syncId) => syncId.startsWith("88000"))
    .sort();

test.describe("A first load", () => {
  // What other stories send must not be taken for a part of it.
  test.afterAll(({ stack }) =>
    query(
      stack,
      "update import_run set state = 'cancelled', closed_at = now() where state <> 'done'",
      [],
    ).then(() => undefined),
  );

  test("is begun, looked at, approved, paused and finished, and its report says what is not written", async ({
    page,
    stack,
  }) => {
    test.setTimeout(240_000);
    await applyConnection(stack);
    const complaints = complaintsOf(page);
    await signIn(page, stack);
    for (const width of widths) await look(page, "import-begin", path, width);
    await page.setViewportSize({ width: 1280, height: 844 });

    await page.getByRole("checkbox", { name: "Orders" }).press("Space");
    await page.getByRole("button", { name: "Begin the import" }).click();
    await expect(page.getByText("Choose the day.")).toBeVisible();
    await page.getByLabel("Everything changed since").fill("2019-01-01");
    await page.getByLabel("How many contacts are expected").fill("a lot");
    await page.getByLabel("Records to look at first").fill("5");
    await expect(page.getByText("Give a whole number, or leave it empty.")).toBeVisible();
    await page.getByLabel("How many contacts are expected").fill("12");
    await expect(
      page.getByText("flag all contacts of the institution myvenue that were changed since 2019-01-01"),
    ).toBeVisible();
    await page.getByRole("button", { name: "Begin the import" }).click();
    const card = page.getByRole("region", { name: "Import of contacts" });
    await expect(card.getByText("Waits for S-360", { exact: true })).toBeVisible();

    const tooLong = "x".repeat(100);
    await send(
      stack,
      Array.from({ length: 12 }, (_, index) => person(index + 1, index === 1 ? tooLong : undefined)),
    );
    await expect(card.getByText("Waits for your approval")).toBeVisible(within);
    await expect(card.getByText("12 of 12 contacts received, 5 contacts had their turn.")).toBeVisible();
    const first = card.getByRole("list", { name: "The first records" }).getByRole("listitem");
    await expect(first).toHaveCount(5);
    // What did not get through comes first, and says why.
    await expect(first.first()).toContainText("Failed");
    await expect(first.first()).toContainText("Last Name");
    const link = first.nth(1).getByRole("link", { name: /Account in Salesforce/ });
    await expect(link).toHaveAttribute("href", /\/lightning\/r\/Account\/001\w+\/view$/);
    await first
      .nth(1)
      .getByText(/fields/)
      .click();
    await expect(first.nth(1).getByRole("row", { name: /Last Name/ })).toContainText("Imported");
    expect(await inOrg(stack)).toHaveLength(4);
    for (const width of widths) await look(page, "import-approve", path, width);
    await page.setViewportSize({ width: 1280, height: 844 });

    // Who is made today does not wait.
    await send(stack, [person(50, "Of Today", new Date().toISOString())]);
    await expect.poll(() => inOrg(stack), within).toContain("8800050");
    expect(await inOrg(stack)).toHaveLength(5);

    await card.getByRole("button", { name: "Pause" }).click();
    await expect(card.getByText("Paused", { exact: true })).toBeVisible();
    await card.getByRole("button", { name: "Approve: go on" }).click();
    await expect(card.getByText(/approved by/)).toBeVisible();
    await card.getByRole("button", { name: "Resume" }).click();
    await expect.poll(() => inOrg(stack), within).toHaveLength(12);
    for (const width of widths) await look(page, "import-going", path, width);
    await page.setViewportSize({ width: 1280, height: 844 });

    await card.getByRole("button", { name: "All has come" }).click();
    await page
      .getByRole("dialog", { name: "Have all contacts come?" })
      .getByRole("button", { name: "All has come" })
      .click();
    await expect(card.getByText("Done", { exact: true })).toBeVisible(within);
    await expect(page.getByText("Begin another import")).toBeVisible();

    await card.getByRole("link", { name: /Report/ }).click();
    await expect(page.getByRole("heading", { level: 1 })).toContainText("Contacts changed since 2019-01-01");
    await expect(page.getByRole("table", { name: "Faults" }).getByRole("row")).toHaveCount(2);
    await expect(page.getByRole("table", { name: "Records that are not written" })).toContainText("8800002");
    const download = page.waitForEvent("download");
    await page.getByRole("link", { name: "Download as CSV" }).click();
    const file = await download;
    expect(file.suggestedFilename()).toMatch(/^import-\d+\.csv$/);
    const report = new URL(page.url());
    for (const width of widths) await look(page, "import-report", report.pathname + report.search, width);

    await page.getByRole("link", { name: /failed: show the records/ }).click();
    await page.waitForURL(/\/records\?/);
    const records = page.getByRole("table", { name: "Records", exact: true }).getByRole("row");
    await expect(records).toHaveCount(2);
    await expect(records.last()).toContainText("8800002");
    const failed = new URL(page.url());
    for (const width of widths) await look(page, "import-records", failed.pathname + failed.search, width);
    await page.getByRole("button", { name: "Failed", pressed: true }).click();
    await expect(page.getByRole("button", { name: "Of an import", pressed: true })).toBeVisible();
    await expect(records.nth(2)).toBeVisible();
    expect(complaints).toEqual([]);
  });
});
