import type { Page } from "@playwright/test";
import { applyConnection, orgRecords, push } from "@/e2e/support/connector";
import { chooseMore, openEditor } from "@/e2e/support/editor";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

const contactNumber = "1000042";

function contact(firstName: string): object {
  return {
    contactNumber,
    type: "INDIVIDUAL",
    role: "PUBLIC",
    individualContact: { individualFirstName: firstName, individualLastName: "Lefèvre" },
  };
}

/** Waits until the contact's Account in the simulated org has this first name. */
async function arrives(stack: Stack, firstName: string): Promise<void> {
  const held = async () =>
    (await orgRecords(stack, "Account")).find((account) => account.SyncId__c === contactNumber)?.FirstName;
  await expect.poll(held, { timeout: 20_000, message: "the first name in Salesforce" }).toBe(firstName);
}

async function openMapping(page: Page): Promise<void> {
  await page.getByRole("link", { name: "Mappings" }).click();
  await page.getByRole("link", { name: "Individual → Account" }).click();
}

test.describe("An admin changes a mapping", () => {
  test.beforeAll(({ stack }) => applyConnection(stack));

  test("publishes it, sees the new value in Salesforce, and takes it back", async ({ page, stack }) => {
    await push(stack, "contacts", [contact("Edna")]);
    await arrives(stack, "Edna");

    await signIn(page, stack);
    await openMapping(page);
    const line = page.getByRole("row", { name: /^First Name/ });
    await expect(line).toContainText("Edna");

    await line.getByRole("button", { name: "Edit First Name" }).click();
    const edits = page.getByRole("combobox", { name: "Edits in Salesforce" });
    const owner = page.getByRole("combobox", { name: "When both sides changed it" });
    await expect(edits).toHaveValue("back");
    await expect(owner).toHaveValue("rules");
    await page.getByRole("tab", { name: "Expression" }).click();
    const expression = page.getByRole("textbox", { name: "Expression" });
    await expression.fill("$uppercase(individualContact.individualFirstName");
    await expect(line).toContainText("cannot be read");
    await expect(line).toContainText("Edna");
    await expression.press("Control+End");
    await expression.press(")");
    await expect(line).toContainText("EDNA");

    await expect(line).toContainText("goes from S-360 to Salesforce only");
    await expect(edits).toHaveAccessibleDescription(/cannot be turned back/);
    await line.getByRole("button", { name: "Let edits stay in Salesforce" }).click();
    await expect(edits).toHaveValue("stay");
    await expect(owner).toBeHidden();
    await expect(line).not.toContainText("goes from S-360 to Salesforce only");
    await expect(line).toContainText("EDNA");

    await page.getByRole("button", { name: "Publish" }).click();
    const publishing = page.getByRole("dialog", { name: "Publish this mapping" });
    await expect(publishing).toContainText("$uppercase(individualContact.individualFirstName)");
    await expect(publishing).toContainText("Edits in Salesforce stay there");
    await publishing.getByLabel("Why").fill("First names in capitals");
    await publishing.getByRole("button", { name: "Save and publish" }).click();
    await expect(page.getByText("Version 2 is published")).toBeVisible();
    const versions = page.getByRole("table", { name: "Versions" });
    await expect(versions.getByRole("row", { name: /^Version 2/ })).toContainText("First names in capitals");
    await expect(versions.getByRole("row", { name: /^Version 2/ })).toContainText(stack.adminEmail);

    await push(stack, "contacts", [contact("Odile")]);
    await arrives(stack, "ODILE");

    await versions.getByRole("button", { name: "Restore version 1" }).click();
    const restoring = page.getByRole("dialog", { name: "Restore version 1" });
    await restoring.getByRole("button", { name: "Restore", exact: true }).click();
    await expect(page.getByText("Version 3 is published")).toBeVisible();
    await expect(line).toContainText("Edit First Name");
    await expect(line.locator("code")).toHaveText("individualContact/individualFirstName");
    await expect(line.getByRole("rowheader")).toContainText("both ways");

    await push(stack, "contacts", [contact("Renée")]);
    await arrives(stack, "Renée");
  });

  test("is told of a version that a colleague published while an earlier one was looked at", async ({
    page,
    browser,
    stack,
  }) => {
    await openEditor(page, stack, "individual");
    const other = await (await browser.newContext({ baseURL: stack.url })).newPage();
    await openEditor(other, stack, "individual");
    const restoring = async (on: Page) => {
      await on.getByRole("button", { name: "Restore version 2" }).click();
      const dialog = on.getByRole("dialog", { name: "Restore version 2" });
      await expect(dialog).toContainText("What changes");
      return dialog;
    };
    const [mine, theirs] = [await restoring(page), await restoring(other)];
    await theirs.getByRole("button", { name: "Restore", exact: true }).click();
    await expect(other.getByText("Version 4 is published")).toBeVisible();
    await mine.getByRole("button", { name: "Restore", exact: true }).click();
    await expect(mine).toContainText("Another version was published after you opened this.");
    await expect(mine).toContainText("published version 4 meanwhile");
    await expect(mine).toContainText("Below is what version 2 changes of it.");
    await mine.getByRole("button", { name: "Restore", exact: true }).click();
    await expect(page.getByText("Version 4 says this already")).toBeVisible();

    await page.getByRole("button", { name: "Restore version 1" }).click();
    const back = page.getByRole("dialog", { name: "Restore version 1" });
    await back.getByRole("button", { name: "Restore", exact: true }).click();
    await expect(page.getByText("Version 5 is published")).toBeVisible();
    await other.context().close();
  });

  test("is told who saved in between, and loses nothing", async ({ page, browser, stack }) => {
    await openEditor(page, stack, "structure");
    const other = await (await browser.newContext({ baseURL: stack.url })).newPage();
    await openEditor(other, stack, "structure");

    const write = async (on: Page, expression: string) => {
      const field = on.getByRole("textbox", { name: "Short form" });
      if (!(await field.isVisible())) await on.getByRole("button", { name: "Edit Account Phone" }).click();
      await field.fill(expression);
      await on.getByRole("button", { name: "Save draft" }).click();
    };
    await write(other, '"1"');
    await expect(other.getByText("Unpublished changes")).toBeVisible();
    await write(page, '"2"');
    await expect(page.getByText("You, in another window, saved this draft")).toBeVisible();
    await expect(page.getByRole("textbox", { name: "Short form" })).toHaveText('"2"');
    await page.getByText('Mine: "2"').click();
    await page.getByRole("button", { name: "Take it in" }).click();
    await page.getByRole("button", { name: "Save draft" }).click();
    await expect(page.getByText("Unpublished changes")).toBeVisible();
    await write(other, '"3"');
    await other.getByText('The other window: "2"').click();
    await other.getByRole("button", { name: "Take it in" }).click();
    await expect(other.getByRole("row", { name: /^Account Phone/ }).locator("code")).toHaveText('"2"');
    await expect(other.getByText("Unpublished changes")).toBeVisible();
    await chooseMore(other, /^Go back to version \d/);
    await other.getByRole("dialog").getByRole("button", { name: "Go back" }).click();
    await expect(other.getByText(/^Version \d published$/)).toBeVisible();
    await other.context().close();
  });

  test("cannot publish without the key, and gets a removed line back", async ({ page, stack }) => {
    await openEditor(page, stack, "relay");
    await page.getByRole("button", { name: "Add line" }).click();
    await page.getByRole("button", { name: /^Ask (Salesforce now|again)$/ }).click();
    await expect(
      page.getByRole("dialog").getByText("A line fills this field already.").first(),
    ).toBeVisible();
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Remove SyncId", exact: true }).click();
    await expect(page.getByText("1 of 2 required: SyncId missing")).toBeVisible();
    await page.getByRole("button", { name: "Publish" }).click();
    const dialog = page.getByRole("dialog", { name: "Publish this mapping" });
    await dialog.getByLabel("Why").fill("Without a key");
    await expect(dialog).toContainText("without it records cannot be found again");
    await expect(dialog.getByRole("button", { name: "Save and publish" })).toBeDisabled();
    await page.keyboard.press("Escape");

    await page.getByRole("link", { name: "Records" }).click();
    const leaving = page.getByRole("dialog", { name: "Leave without saving?" });
    await leaving.getByRole("button", { name: "Stay" }).click();
    await page.getByRole("button", { name: "Undo", exact: true }).click();
    await expect(page.getByText("2 of 2 required")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save draft" })).toBeDisabled();
  });

  test("edits lines with the keyboard alone", async ({ page, stack }) => {
    await openEditor(page, stack, "individual");
    const fields = page.getByRole("table", { name: "Lines" }).getByRole("rowheader");
    await page.getByRole("button", { name: "Edit First Name" }).focus();
    await page.keyboard.press("Alt+ArrowUp");
    await expect(fields.nth(1)).toContainText("First Name");
    await expect(page.getByRole("status").getByText("First Name is now line 2 of 17")).toBeAttached();
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Short form" })).toBeFocused();
    await page.keyboard.press("Escape");
    await expect(page.getByRole("button", { name: "Edit First Name" })).toBeFocused();
    await page.keyboard.press("Alt+ArrowDown");
    await expect(fields.nth(2)).toContainText("First Name");

    // The button goes out of use at the top: its neighbour has the focus then.
    await page.keyboard.press("Alt+ArrowUp");
    await page.getByRole("button", { name: "Move First Name up" }).press("Enter");
    await expect(fields.nth(0)).toContainText("First Name");
    await expect(page.getByRole("button", { name: "Move First Name down" })).toBeFocused();
    await page.keyboard.press("Enter");
    await page.keyboard.press("Enter");
    await expect(fields.nth(2)).toContainText("First Name");

    await page.getByRole("button", { name: "Add line" }).press("Enter");
    await page.keyboard.type("account description");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("textbox", { name: "Short form" })).toBeFocused();
    await page.keyboard.type('"From S-360"');
    await expect(page.getByRole("row", { name: /^Account Description/ })).toContainText("From S-360");
    await page.keyboard.press("Control+s");
    await expect(page.getByText("Unpublished changes")).toBeVisible();
    await page.getByRole("button", { name: "Remove Account Description" }).press("Enter");
    await page.keyboard.press("Control+s");
    await expect(page.getByText(/^Version \d published$/)).toBeVisible();
  });
});
