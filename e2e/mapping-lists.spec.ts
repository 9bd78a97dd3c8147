import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { applyConnection, orgRecords, push } from "@/e2e/support/connector";
import { complaintsOf, widths } from "@/e2e/support/screens";
import { openEditor } from "@/e2e/support/editor";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

type Row = Record<string, unknown>;

const payload = (name: string) => JSON.parse(readFileSync(`e2e/payloads/${name}.json`, "utf8")) as Row[];
/** What S-360's own page gives as the default set of mappings for sales, with the words around it. */
const salesList = readFileSync("e2e/payloads/sales-list.txt", "utf8");

async function choose(page: Page, item: string): Promise<void> {
  await page.getByRole("button", { name: "Import and export" }).click();
  await page.getByRole("menuitem", { name: item }).click();
}

/** The text of the file that an item of the menu downloads. */
async function downloaded(page: Page, item: string, name: string): Promise<string> {
  const download = page.waitForEvent("download");
  await choose(page, item);
  const file = await download;
  expect(file.suggestedFilename()).toBe(name);
  return readFileSync(await file.path(), "utf8");
}

async function publish(page: Page, why: string): Promise<void> {
  await page.getByRole("button", { name: "Publish", exact: true }).click();
  const dialog = page.getByRole("dialog", { name: "Publish this mapping" });
  await dialog.getByLabel("Why").fill(why);
  await dialog.getByRole("button", { name: "Save and publish" }).click();
  await expect(dialog).toBeHidden();
}

const rowOf = (table: Locator, name: string) =>
  table.getByRole("row").filter({ has: table.page().getByRole("rowheader", { name }) });

/** Asks the simulated org for the fields of the mapping's object, once. */
async function askForFields(page: Page): Promise<void> {
  const ask = page.getByRole("button", { name: "Ask Salesforce now" });
  if (await ask.isVisible()) await ask.click();
  await expect(ask).toBeHidden();
}

function fileNamed(name: string, text: string) {
  return { name, mimeType: "text/plain", buffer: Buffer.from(text) };
}

test.describe("Many lines in and out of a mapping", () => {
  test.beforeAll(async ({ stack }) => {
    await applyConnection(stack);
    await push(stack, "contacts", payload("contacts-50"));
  });

  test("the list of S-360's own page is pasted and published, and gives what the default gives", async ({
    page,
    stack,
  }) => {
    await openEditor(page, stack, "sale");
    await askForFields(page);
    await choose(page, "Paste lines…");
    const dialog = page.getByRole("dialog", { name: "Paste lines" });
    const text = dialog.getByRole("textbox", { name: "Lines" });

    const planned = dialog.getByRole("table", { name: "What would change" });
    await text.fill("Nmae = operation.space\nRemark__c = order.remrak");
    await expect(planned.getByRole("row", { name: /Left out/ })).toContainText("Did you mean Name?");
    await pictures(page, dialog, "did-you-mean");
    await planned.getByRole("button", { name: "Use Name" }).click();
    await expect(text).toHaveValue("Name = operation.space\nRemark__c = order.remrak");
    await expect(planned.getByRole("row", { name: /Left out/ })).toHaveCount(0);
    await page.keyboard.press("Tab");
    await planned.getByRole("button", { name: "Use remark" }).press("Enter");
    await expect(text).toHaveValue("Name = operation.space\nRemark__c = order.remark");

    await text.fill("Name = operation.prodct +\nRemark__c = order.remark");
    await expect(planned.getByRole("row", { name: /Left out/ })).toContainText("ends too early");
    await dialog.getByRole("button", { name: "Go to line 1 of the text" }).click();
    await expect(text).toBeFocused();
    await page.keyboard.press("End");
    await page.keyboard.press("Shift+Home");
    await page.keyboard.type("Name = operation.product");
    await expect(planned.getByRole("row", { name: /Replace/ })).toContainText("Before:");
    await dialog.getByText("Remove the other lines (18)").click();
    await expect(dialog).toContainText("SyncId stays: it is the key by which records are found again.");

    await page.keyboard.press("Escape");
    await choose(page, "Paste lines…");
    await expect(text).toHaveValue("Name = operation.product\nRemark__c = order.remark");
    await dialog.getByText("Remove the other lines (18)").click();
    await dialog.getByRole("button", { name: "Take over 2 lines" }).click();
    await expect(page.getByRole("button", { name: "Import and export" })).toBeFocused();
    const lines = page.getByRole("table", { name: "Lines" }).getByRole("rowheader");
    await expect(lines).toHaveCount(6);

    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(lines).toHaveCount(24);
    await expect(page.getByRole("button", { name: "Save draft" })).toBeDisabled();
    await page.getByRole("button", { name: "Do it again" }).click();
    await expect(lines).toHaveCount(6);
    await publish(page, "Only the name and the remark");
    await expect(page.getByText("Version 2 is published")).toBeVisible();

    await choose(page, "Paste lines…");
    await text.fill(salesList);
    await expect(dialog).toContainText(
      "24 lines: 18 to be added, 1 to be replaced, 3 the same as before, 2 left out.",
    );
    await expect(planned.getByRole("row", { name: /Total.Amount/i })).toContainText(
      "money(operation.totalAmount)",
    );
    await dialog.getByRole("button", { name: "Take over 22 lines" }).click();
    await publish(page, "The list of S-360's own page");
    await expect(page.getByText("Version 3 is published")).toBeVisible();

    await push(stack, "orders", payload("orders-20"));
    await hasSales(stack);
  });

  test("a CSV goes out and comes back the same; a changed one is previewed and taken over", async ({
    page,
    stack,
  }) => {
    await openEditor(page, stack, "individual");
    await askForFields(page);
    const csv = await downloaded(page, "Download CSV", "individual.csv");
    await choose(page, "Upload CSV…");
    const dialog = page.getByRole("dialog", { name: "Upload CSV" });
    await dialog.getByLabel("File").setInputFiles(fileNamed("individual.csv", csv));
    await expect(dialog).toContainText("17 lines: 17 the same as before.");
    await expect(dialog.getByRole("button", { name: "Take over" })).toBeDisabled();

    const changed = csv
      .replace(/^(FirstName,.*?),hold,always,/m, "$1,cut,create,")
      .replace(/^LastName,/m, "LatsName,");
    await dialog.getByLabel("File").setInputFiles(fileNamed("individual.csv", changed));
    const planned = dialog.getByRole("table", { name: "What would change" });
    await expect(planned.getByRole("row", { name: /Left out/ })).toContainText("Did you mean LastName?");
    await expect(planned.getByRole("row", { name: /Replace/ })).toContainText(
      "cut it to the length of the field",
    );
    await planned.getByRole("button", { name: "Use LastName" }).click();
    await expect(dialog).toContainText("17 lines: 1 to be replaced, 16 the same as before.");
    await dialog.getByRole("button", { name: /^Take over/ }).click();
    const line = page.getByRole("row", { name: /^First Name/ });
    await expect(line).toContainText("Too long: cut");
    await expect(line).toContainText("Only on new records");

    const again = await downloaded(page, "Download CSV", "individual.csv");
    expect(again).toBe(changed.replace(/^LatsName,/m, "LastName,"));
    await choose(page, "Upload CSV…");
    await dialog.getByLabel("File").setInputFiles(fileNamed("book.xlsx", "PK\u0003\u0004\u0000"));
    await expect(
      dialog.getByText("This is no text file. A workbook must be saved as CSV first."),
    ).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(page.getByRole("button", { name: "Save draft" })).toBeDisabled();
  });

  test("a mapping goes out as YAML, unsaved changes too, and comes back as one step", async ({
    page,
    stack,
  }) => {
    await openEditor(page, stack, "structure");
    await askForFields(page);
    await page.getByRole("button", { name: "Remove Account Phone" }).click();
    const yaml = await downloaded(page, "Download YAML", "structure.yaml");
    expect(yaml).not.toContain("Phone");
    await page.getByRole("button", { name: "Undo", exact: true }).click();

    await choose(page, "Load YAML…");
    const dialog = page.getByRole("dialog", { name: "Load YAML" });
    const text = dialog.getByRole("textbox", { name: "YAML" });
    await dialog
      .getByLabel("File")
      .setInputFiles(fileNamed("structure.yaml", yaml.replace("required:", "requird:")));
    await expect(dialog.getByRole("alert")).toContainText("did you mean required?");
    await dialog
      .getByRole("button", { name: /^Go to line \d+ of the text/ })
      .first()
      .click();
    await expect(text).toBeFocused();
    await dialog.getByRole("button", { name: "Use required" }).first().click();
    await expect(dialog.getByRole("alert")).toBeHidden();

    const filtered = yaml
      .replace("    lines:", '    filter: state = "ACTIVE"\n    lines:')
      .replace(".officialName", ".oficialName");
    await dialog.getByLabel("File").setInputFiles(fileNamed("structure.yaml", filtered));
    await expect(dialog.getByText("Worth a look in this text")).toBeVisible();
    await dialog.getByRole("button", { name: "Use officialName" }).first().click();
    await expect(dialog.getByText("Worth a look in this text")).toBeHidden();
    await expect(dialog).toContainText('Which records take part: all became state = "ACTIVE".');
    await pictures(page, dialog, "yaml-filter");
    await dialog.getByRole("button", { name: /^Take over \d+ lines and the filter/ }).click();
    const filter = page.getByRole("region", { name: "Which records take part" });
    await expect(filter).toContainText('state = "ACTIVE"');
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(page.getByText("Every record of this kind.")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save draft" })).toBeDisabled();
    await page.getByRole("button", { name: "Do it again" }).click();
    await expect(filter).toContainText('state = "ACTIVE"');
    await page.getByRole("button", { name: "Undo", exact: true }).click();

    await choose(page, "Load YAML…");
    await dialog.getByLabel("File").setInputFiles(fileNamed("structure.yaml", yaml));
    const comparison = dialog.getByRole("table", { name: "Draft and YAML, line by line" });
    await expect(comparison.getByRole("row", { name: /^Account Phone/ })).toContainText("Removed");
    await dialog.getByRole("button", { name: /^Take over \d+ lines/ }).click();
    await expect(page.getByRole("row", { name: /^Account Phone/ })).toBeHidden();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(page.getByRole("row", { name: /^Account Phone/ })).toBeVisible();
    await expect(page.getByRole("button", { name: "Save draft" })).toBeDisabled();
  });

  test("any two versions are compared side by side, and one is restored from there", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "sale");
    const versions = page.getByRole("table", { name: "Versions" });
    await versions.getByRole("button", { name: "Compare version 2 with the draft" }).click();
    const dialog = page.getByRole("dialog", { name: "Compare versions" });
    await dialog.getByRole("combobox", { name: "Compare" }).selectOption("Version 1");
    await dialog.getByRole("combobox", { name: "With" }).selectOption("Version 3 (published)");
    const table = dialog.getByRole("table", { name: "Version 1 and Version 3, line by line" });
    await expect(rowOf(table, "Remark__c")).toContainText("Moved");
    await expect(rowOf(table, "SyncId__c")).toHaveCount(0);
    await dialog.getByText(/^Show what is the same/).click();
    await expect(rowOf(table, "SyncId__c")).toContainText("operation.operationId");

    await dialog.getByRole("combobox", { name: "With" }).selectOption("Version 2");
    const removed = dialog.getByRole("table", { name: "Version 1 and Version 2, line by line" });
    await expect(rowOf(removed, "Quantity__c")).toContainText("Removed");
    await expect(rowOf(removed, "Name")).toContainText("moneyText(operation.totalAmount)");
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 });
      const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
      expect(overflow, `pixels that the dialog is wider than ${width}`).toBeLessThanOrEqual(0);
      await page.screenshot({ path: `test-results/screens/compare-${width}.png` });
    }
    await page.setViewportSize({ width: 1280, height: 844 });

    await dialog.getByRole("button", { name: "Restore version 1" }).click();
    const restoring = page.getByRole("dialog", { name: "Restore version 1" });
    await restoring.getByRole("button", { name: "Restore", exact: true }).click();
    await expect(page.getByText("Version 4 is published")).toBeVisible();
    await expect(versions.getByRole("row", { name: /^Version 4/ })).toContainText("Back to version 1");
    expect(complaints).toEqual([]);
  });

  test("an earlier version is opened as the draft, and what was in the draft comes back", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "sale");
    const lines = page.getByRole("table", { name: "Lines" }).getByRole("rowheader");
    const before = await lines.count();
    const open = page.getByRole("button", { name: "Open version 2 as draft" });
    await page.getByRole("button", { name: "Remove Remark" }).click();
    await open.click();
    const dialog = page.getByRole("dialog", { name: "Open version 2 as draft" });
    await expect(dialog).toContainText("Your draft has changes that are not saved.");
    await expect(dialog).toContainText("Nothing is published");
    await pictures(page, dialog, "open-draft");
    await dialog.getByRole("button", { name: "Open as draft" }).click();
    await expect(lines).toHaveCount(6);
    await expect(page.getByText("Version 2 opened as the draft", { exact: true })).toBeVisible();
    await expect(page.getByText("Unsaved changes")).toBeVisible();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(lines).toHaveCount(before - 1);

    await page.getByRole("button", { name: "Open version 4 as draft" }).click();
    const published = page.getByRole("dialog", { name: "Open version 4 as draft" });
    await published.getByRole("button", { name: "Open as draft" }).click();
    await expect(page.getByText(/^Version 4 published$/)).toBeVisible();
    await expect(page.getByRole("button", { name: "Save draft" })).toBeDisabled();
    expect(complaints).toEqual([]);
  });
});

/** Of an open dialog, at both widths. */
async function pictures(page: Page, dialog: Locator, name: string): Promise<void> {
  for (const width of [...widths].reverse()) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await dialog.evaluate((element) => element.scrollWidth - element.clientWidth);
    expect(overflow, `pixels that the dialog is wider than ${width}`).toBeLessThanOrEqual(0);
    await dialog.locator("table, .ui-alert").first().scrollIntoViewIfNeeded();
    await page.screenshot({ path: `test-results/screens/${name}-${width}.png` });
  }
}

/** Waits until the simulated org holds of every operation what the default mapping gives. */
async function hasSales(stack: Stack): Promise<void> {
  const expected = payload("orders-20.expected");
  const held = async () => {
    const rows = new Map((await orgRecords(stack, "SecutixSale__c")).map((row) => [row.SyncId__c, row]));
    return expected.map((row) => rows.get(row.SyncId__c)).filter((row) => row !== undefined);
  };
  await expect.poll(async () => (await held()).length, { timeout: 20_000 }).toBe(expected.length);
  const rows = new Map((await held()).map((row) => [row.SyncId__c, row]));
  const names =
    "Name Organization__c Space__c Item__c Total_Amount__c Unit_price__c CatalogCurrency__c Quantity__c Remark__c";
  for (const row of expected) {
    const actual = rows.get(row.SyncId__c) ?? {};
    for (const name of names.split(" "))
      expect([name, actual[name] ?? null]).toEqual([name, row[name] ?? null]);
  }
}
