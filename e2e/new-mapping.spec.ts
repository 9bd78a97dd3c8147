import { applyConnection, orgRecords, push } from "@/e2e/support/connector";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";

const person = (contactNumber: string, state: string) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  state,
  individualContact: { individualFirstName: "Edna", individualLastName: `Frank ${contactNumber}` },
});

test.describe("An admin adds a mapping", () => {
  test.beforeAll(({ stack }) => applyConnection(stack));

  test("to another object, for some records only, and stops it again", async ({ page, stack }) => {
    await signIn(page, stack, "/mappings");
    await page.getByRole("button", { name: "New mapping" }).click();
    const dialog = page.getByRole("dialog", { name: "New mapping" });
    await expect(dialog.getByLabel("S-360 record")).toBeFocused();
    await dialog.getByRole("button", { name: /Salesforce object/ }).click();
    const choice = page.getByRole("dialog", { name: "Choose an object" });
    await choice.getByLabel("Find an object by its label or API name").fill("no such thing");
    await expect(choice.getByText("No object matches.")).toBeVisible();
    await choice.getByLabel("Find an object by its label or API name").fill("contact");
    await choice.getByRole("button", { name: /^Contact.*standard/ }).click();
    await expect(dialog.getByLabel("Key field")).toHaveValue("SyncId__c");
    await expect(dialog.getByRole("textbox", { name: /Name$/ })).toHaveValue("individual-contact");
    await dialog.getByRole("button", { name: "Create" }).click();

    await expect(page.getByRole("heading", { name: "Individual → Contact" })).toBeVisible();
    await expect(page.getByText("1 of 2 required: Last Name missing")).toBeVisible();
    await page.getByRole("button", { name: "Add line" }).click();
    await page
      .getByRole("dialog")
      .getByLabel(/Find a field/)
      .fill("last name");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    await page.getByRole("textbox", { name: "Short form" }).fill("individualContact/individualLastName");
    await page.getByRole("button", { name: "Done" }).click();

    await page.getByRole("button", { name: "Add a filter" }).click();
    await page.getByRole("textbox", { name: "Filter" }).fill('state = "ACTIVE"');
    await page.getByRole("button", { name: "Publish" }).click();
    const publishing = page.getByRole("dialog", { name: "Publish this mapping" });
    await publishing.getByLabel("Why").fill("Contacts for the call centre");
    await publishing.getByRole("button", { name: "Save and publish" }).click();
    await expect(page.getByText("Version 1 is published")).toBeVisible();

    await push(stack, "contacts", [person("3000001", "ACTIVE"), person("3000002", "CLOSED")]);
    // Person accounts have a contact of their own in Salesforce: it carries no Sync ID.
    const contacts = async () => (await orgRecords(stack, "Contact")).map(({ SyncId__c }) => SyncId__c);
    await expect.poll(contacts, { timeout: 20_000 }).toContain("3000001");
    const accounts = async () => (await orgRecords(stack, "Account")).map(({ LastName }) => LastName);
    await expect.poll(accounts, { timeout: 20_000 }).toContain("Frank 3000002");
    expect(await contacts()).not.toContain("3000002");

    await page.getByRole("button", { name: "Stop this mapping" }).click();
    await page
      .getByRole("dialog", { name: "Stop this mapping?" })
      .getByRole("button", { name: "Stop" })
      .click();
    await expect(page.getByText("The mapping is stopped")).toBeVisible();
    await push(stack, "contacts", [person("3000003", "ACTIVE")]);
    await expect.poll(accounts, { timeout: 20_000 }).toContain("Frank 3000003");
    expect(await contacts()).not.toContain("3000003");
  });
});
