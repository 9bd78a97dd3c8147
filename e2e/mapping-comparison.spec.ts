import type { Page } from "@playwright/test";
import { applyConnection, orgRecords, push, query } from "@/e2e/support/connector";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

const numbers = ["2000001", "2000002", "2000003"];
const names = ["Edna", "ODILE", "Renée"];

/** Of the structures of this story only. */
const capitals =
  '$contains(contactNumber, "20000") ? $uppercase(structureContact.officialName) : structureContact.officialName';

function structure(contactNumber: string, officialName: string): object {
  return {
    contactNumber,
    type: "STRUCTURE",
    structureContact: { officialName },
    communicationMeans: [{ phone: "41 / 215550000" }],
  };
}

async function namesInSalesforce(stack: Stack): Promise<unknown[]> {
  const accounts = await orgRecords(stack, "Account");
  return numbers.map((number) => accounts.find(({ SyncId__c }) => SyncId__c === number)?.Name);
}

async function arrive(stack: Stack, expected: readonly string[]): Promise<void> {
  await expect
    .poll(() => namesInSalesforce(stack), { timeout: 20_000, message: "the names in Salesforce" })
    .toEqual(expected);
}

/** Other stories may have left changes in the draft. */
async function freshDraft(page: Page): Promise<void> {
  const listed = await page.request.get("/api/mappings?connection=myvenue");
  const mappings = (await listed.json()) as { id: number; name: string }[];
  const address = `/api/mappings/${mappings.find(({ name }) => name === "structure")?.id}`;
  const mapping = (await (await page.request.get(address)).json()) as {
    draft: { revision: number };
    publishedDocument: object;
  };
  const data = { revision: mapping.draft.revision, document: mapping.publishedDocument };
  expect((await page.request.put(`${address}/draft`, { data })).status()).toBe(200);
  // The first preview is asked for once the page listens to clicks.
  const listening = page.waitForResponse((response) => response.url().endsWith("/preview"));
  await page.reload();
  await listening;
}

/** Both records whose result changes, and no other: they are counted by then. */
async function reprocess(page: Page): Promise<void> {
  await expect(page.getByText("Re-process the 2 records whose result changes")).toBeVisible();
  await page.getByRole("button", { name: "Re-process" }).click();
  const asking = page.getByRole("dialog", { name: "Re-process 2 records?" });
  await asking.getByRole("button", { name: "Re-process" }).click();
}

async function writeExpression(page: Page, expression: string): Promise<void> {
  await page.getByRole("tab", { name: "Expression" }).click();
  await page.getByRole("textbox", { name: "Expression" }).fill(expression);
}

/** While it is paused, what is made due stays due. */
async function pauseContacts(page: Page, paused: boolean): Promise<void> {
  const address = "/api/connections/myvenue/streams/contacts-in";
  expect((await page.request.patch(address, { data: { paused } })).status()).toBe(200);
}

test.describe("An admin sees what a draft would change before it runs", () => {
  test.beforeAll(({ stack }) => applyConnection(stack));

  test("compares, publishes, re-processes, and takes it all back", async ({ page, stack }) => {
    await push(
      stack,
      "contacts",
      numbers.map((number, nth) => structure(number, names[nth] ?? "")),
    );
    await arrive(stack, names);

    await signIn(page, stack, "/mappings/structure");
    await freshDraft(page);
    const line = page.getByRole("row", { name: /^Account Name/ });
    await line.getByRole("button", { name: "Edit Account Name" }).click();
    await page.getByRole("combobox", { name: "Edits in Salesforce" }).selectOption("stay");
    await writeExpression(page, capitals);

    const card = page.getByRole("region", { name: "What would change in Salesforce" });
    await expect(card).toContainText("No API calls. Nothing is written.");
    await card.getByRole("button", { name: "Compare" }).click();
    await expect(card).toContainText(/2 change Account Name, 0 would fail, 0 values would be lost/);
    await card.getByRole("button", { name: "Account Name: changed: 2" }).click();
    const behind = page.getByRole("dialog", { name: "Account Name: changed" });
    await expect(behind.getByRole("listitem").filter({ hasText: "Edna" })).toContainText("EDNA");
    await expect(behind.getByRole("listitem")).toHaveCount(2);
    await expect(behind.getByRole("link", { name: "Edna" })).toHaveAttribute("href", /\/records\/\d+/);
    await page.keyboard.press("Escape");

    await card.getByRole("combobox", { name: "Compared with" }).selectOption("fresh");
    await expect(card).toContainText("1 API call. Nothing is written.");
    await card.getByRole("button", { name: "Compare" }).click();
    await expect(card).toContainText("with what Salesforce held when it was asked");
    await expect(card).toContainText(/2 change Account Name/);

    await page.getByRole("button", { name: "Publish" }).click();
    const publishing = page.getByRole("dialog", { name: "Publish this mapping" });
    await expect(publishing).toContainText(/2 change Account Name/);
    await expect(publishing.getByRole("button", { name: "Save and publish" })).toBeDisabled();
    await publishing.getByLabel("Why").fill("Names in capitals");
    await publishing.getByRole("button", { name: "Save and publish" }).click();
    await expect(page.getByText("Version 2 is published")).toBeVisible();
    expect(await namesInSalesforce(stack)).toEqual(names);

    await reprocess(page);
    await arrive(stack, ["EDNA", "ODILE", "RENÉE"]);
    await expect(page.getByText(/^Re-processed/)).toContainText(
      "2 of 2 records taken through version 2, 2 written to Salesforce.",
    );

    await page.getByRole("button", { name: "Restore version 1" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restore and re-process" }).click();
    await expect(page.getByText("Version 3 is published")).toBeVisible();
    await expect(page.getByText("Published as version 3", { exact: true })).toBeVisible();
    await expect(page.getByText("It says what version 1 said")).toBeVisible();
    await expect(page.getByRole("button", { name: "Undo", exact: true })).toHaveCount(0);
    await arrive(stack, names);
    await expect(page.getByText(/^Re-processed/)).toContainText(
      "2 of 2 records taken through version 3, 2 written to Salesforce.",
    );
  });

  test("keeps a golden sample, which stands in the way of another result", async ({ page, stack }) => {
    await signIn(page, stack, "/mappings/structure");
    await freshDraft(page);
    const card = page.getByRole("region", { name: "Golden samples" });
    await card.getByRole("button", { name: "Keep this record" }).click();
    const keeping = page.getByRole("dialog", { name: "Keep this record as a golden sample" });
    await expect(keeping.getByRole("region", { name: "Replaced" })).toContainText(
      "structureContact.officialName",
    );
    const kept = keeping.getByRole("textbox", { name: "What is kept" });
    await expect(kept).not.toHaveValue(/Edna|ODILE|Renée/);
    const source = JSON.parse(await kept.inputValue()) as { structureContact: object };
    source.structureContact = { ...source.structureContact, officialName: "Jemand", ansprechperson: "Edna" };
    await kept.fill(JSON.stringify(source));
    const again = keeping.getByText("Of what you typed, 2 values are kept as made up");
    await expect(again).toBeVisible();
    const made = keeping
      .locator(".ui-alert")
      .locator("dt", { hasText: "structureContact.officialName" })
      .locator("xpath=../dd/strong");
    const nobody = await made.innerText();
    expect(nobody).toMatch(/^\p{Lu}\p{Ll}+$/u);
    await expect(keeping.getByRole("region", { name: "Expected result" })).toContainText(nobody);
    await keeping.getByLabel("Name").fill("A house");
    await keeping.getByRole("button", { name: "Keep" }).click();
    await expect(card).toContainText("1 of 1 sample as expected");
    const stored = await query(stack, "select source::text as text from golden_sample");
    expect(JSON.stringify(stored)).not.toMatch(/Jemand|Edna|ODILE/);

    await card.getByRole("button", { name: "A house", exact: true }).click();
    const opened = page.getByRole("dialog", { name: "A house" });
    await expect(opened).toContainText(nobody);
    await opened.getByRole("button", { name: "Try the lines on it" }).click();
    await expect(page.getByRole("button", { name: "Try on golden sample A house" })).toBeInViewport();
    await expect(page.getByRole("table", { name: "Lines" })).toContainText(nobody);
    await expect(card.getByRole("button", { name: "Keep this record" })).toBeDisabled();

    await card.getByRole("button", { name: "Edit what A house should get" }).click();
    const editing = page.getByRole("dialog", { name: "What A house should get" });
    await expect(editing.getByLabel("The record must be")).toHaveValue("write");
    const name = editing.getByRole("group", { name: "Account Name" });
    const saving = editing.getByRole("button", { name: "Save" });
    await expect(saving).toBeDisabled();
    await name.getByLabel("Value").fill("x".repeat(300));
    await saving.click();
    await expect(name.getByText("the field holds 255 characters, and this has 300")).toBeVisible();
    await name.getByLabel("Value").fill(`The ${nobody}`);
    await saving.click();
    await expect(card).toContainText(`Account Name should be The ${nobody}, and is ${nobody}.`);
    await card.getByRole("button", { name: "Accept the new result of Account Name for A house" }).click();
    await expect(card).toContainText("1 of 1 sample as expected");

    await page.getByRole("button", { name: "Edit Account Name" }).click();
    await page.getByRole("combobox", { name: "Edits in Salesforce" }).selectOption("stay");
    await writeExpression(page, '"The " & structureContact.officialName');
    await expect(card).toContainText(`Account Name should be ${nobody}, and is The ${nobody}.`);
    await page.getByRole("button", { name: "Publish" }).click();
    const publishing = page.getByRole("dialog", { name: "Publish this mapping" });
    await expect(publishing).toContainText("1 golden sample would get another result than expected");
    await publishing.getByLabel("Why").fill("Houses are told with an article");
    const go = publishing.getByRole("button", { name: "Save and publish" });
    await expect(go).toBeDisabled();
    await publishing.getByRole("button", { name: "This is the new expectation" }).click();
    await go.click();
    await expect(page.getByText(/^Version \d+ is published$/)).toBeVisible();
    await expect(card).toContainText("1 of 1 sample as expected");

    await page.getByRole("button", { name: "Restore version 1" }).click();
    const restoring = page.getByRole("dialog", { name: "Restore version 1" });
    await expect(restoring).toContainText("1 golden sample expects something else by now");
    await expect(restoring).toContainText(`A house: Account Name should be The ${nobody}, and is ${nobody}.`);
    await restoring.getByRole("button", { name: "Accept the restored result" }).click();
    await restoring.getByRole("button", { name: "Restore", exact: true }).click();
    await expect(page.getByText(/^Published as version \d+$/)).toBeVisible();
    await expect(card).toContainText("1 of 1 sample as expected");

    // What is expected has just changed: a removal of what was shown before is refused.
    await expect(async () => {
      await card.getByRole("button", { name: "Remove A house" }).click();
      await expect(card).toContainText("None yet.", { timeout: 2_000 });
    }).toPass();
    // The draft followed the restored version, and can be taken back too.
    await page
      .getByRole("dialog", { name: "A house is removed" })
      .getByRole("button", { name: "Undo" })
      .click();
    await expect(card.getByRole("row", { name: /^A house/ })).toBeVisible();
    await card.getByRole("button", { name: "Remove A house" }).click();
    await expect(card).toContainText("None yet.");
    await expect(page.getByRole("button", { name: /^Try on (?!golden)/ })).toBeVisible();
  });

  test("pauses a re-processing, goes on with it and cancels it, and nothing is written", async ({
    page,
    stack,
  }) => {
    await signIn(page, stack, "/mappings/structure");
    await freshDraft(page);
    await page.getByRole("button", { name: "Edit Account Name" }).click();
    await page.getByRole("combobox", { name: "Edits in Salesforce" }).selectOption("stay");
    await writeExpression(page, capitals);
    await page.getByRole("button", { name: "Publish" }).click();
    const publishing = page.getByRole("dialog", { name: "Publish this mapping" });
    await publishing.getByLabel("Why").fill("Names in capitals");
    await publishing.getByRole("button", { name: "Save and publish" }).click();
    await expect(page.getByText(/^Version \d+ is published$/)).toBeVisible();
    await pauseContacts(page, true);
    try {
      await reprocess(page);
      await expect(page.getByText("Sending to Salesforce is paused")).toBeVisible();
      await expect(page.getByText(/^0 of 2 records taken through/)).toContainText("2 remaining");
      await page.getByRole("button", { name: "Pause" }).click();
      await expect(page.getByText("Re-processing is paused")).toBeVisible();
      await page.getByRole("button", { name: "Resume" }).click();
      await expect(page.getByText(/^Re-processing through version \d+$/)).toBeVisible();
      await page.getByRole("button", { name: "Cancel the rest" }).click();
      await expect(page.getByText(/^Re-processing was cancelled/)).toContainText("0 of 2 records");
    } finally {
      await pauseContacts(page, false);
    }
    const due = await query(
      stack,
      "select key from record join record_direction d on d.record_id = id where key = any($1) and d.state <> 'idle'",
      [numbers],
    );
    expect(due).toEqual([]);
    expect(await namesInSalesforce(stack)).toEqual(names);
    await page.getByRole("button", { name: "Restore version 1" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Restore", exact: true }).click();
    await expect(page.getByText(/^Published as version \d+$/)).toBeVisible();
  });

  test("is told when nobody has looked", async ({ page, stack }) => {
    await signIn(page, stack, "/mappings/structure");
    await freshDraft(page);
    await page.getByRole("button", { name: "Edit Account Name" }).click();
    await writeExpression(page, '"x"');
    await page.getByRole("button", { name: "Publish" }).click();
    const publishing = page.getByRole("dialog", { name: "Publish this mapping" });
    await expect(publishing).toContainText("Not compared with real records");
    await publishing.getByRole("button", { name: "Compare the latest 500" }).click();
    await expect(publishing).toContainText(/change Account Name/);
    await publishing.getByRole("button", { name: "Cancel" }).click();
  });
});
