import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { applyConnection, push, query } from "@/e2e/support/connector";
import { openEditor } from "@/e2e/support/editor";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";

const person = (contactNumber: string, firstName: string) => ({
  ...{ contactNumber, type: "INDIVIDUAL", role: "PUBLIC" },
  individualContact: { individualFirstName: firstName, individualLastName: `Frank ${contactNumber}` },
  communicationMeans: [{ email: `frank.${contactNumber}@venue.example` }],
});

/** Makes a mapping of individuals to an object, by keyboard where it matters. */
async function newMapping(page: Page, object: RegExp, search: string): Promise<void> {
  await page.getByRole("button", { name: "New mapping" }).click();
  const dialog = page.getByRole("dialog", { name: "New mapping" });
  await expect(dialog.getByLabel("S-360 record")).toBeFocused();
  await dialog.getByRole("button", { name: /Salesforce object/ }).click();
  const choice = page.getByRole("dialog", { name: "Choose an object" });
  await expect(choice.getByRole("searchbox")).toBeFocused();
  await choice.getByRole("searchbox").fill(search);
  await choice.getByRole("button", { name: object }).click();
  await expect(dialog.getByRole("button", { name: /Salesforce object/ })).toBeFocused();
}

test.describe("The pages of mappings", () => {
  test.beforeAll(({ stack }) => applyConnection(stack));
  test.afterAll(({ stack }) => applyConnection(stack));

  test("a mapping made by mistake goes again, and a dialog gives the focus back", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    await signIn(page, stack, "/mappings");
    const opener = page.getByRole("button", { name: "New mapping" });
    await opener.click();
    await expect(page.getByRole("dialog", { name: "New mapping" })).toBeVisible();
    await page.keyboard.press("Escape");
    await expect(opener).toBeFocused();

    await newMapping(page, /^Contact.*standard/, "contact");
    const dialog = page.getByRole("dialog", { name: "New mapping" });
    const name = dialog.getByRole("textbox", { name: /Name$/ });
    await name.fill("Not Good");
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(dialog.getByText("use small letters, digits and hyphens only")).toBeVisible();
    await name.fill("by-mistake");
    await dialog.getByRole("button", { name: "Create" }).click();
    await expect(page.getByRole("heading", { name: "Individual → Contact" })).toBeVisible();
    await page.getByRole("button", { name: "Delete this mapping" }).click();
    const asked = page.getByRole("dialog", { name: "Delete by-mistake?" });
    await expect(asked).toContainText("nothing in Salesforce changes");
    await asked.getByRole("button", { name: "Delete" }).click();
    await expect(page.getByText("by-mistake is deleted")).toBeVisible();
    await expect(page.getByRole("table", { name: "Mappings" })).not.toContainText("by-mistake");
    expect(complaints).toEqual([]);
  });

  test("a mapping that wrote records is stopped and runs again", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "individual");
    await expect(page.getByRole("button", { name: "Delete this mapping" })).toHaveCount(0);
    await page.getByRole("button", { name: "Stop this mapping" }).click();
    const stopping = page.getByRole("dialog", { name: "Stop this mapping?" });
    await expect(stopping).toContainText("it can be stopped, not deleted");
    await stopping.getByRole("button", { name: "Stop" }).click();
    await expect(page.getByText("This mapping is stopped")).toBeVisible();
    for (const width of [...widths].reverse()) {
      await look(page, "mapping-stopped", "/mappings/individual", width);
      await look(page, "mappings-stopped", "/mappings", width);
    }
    await expect(page.getByRole("row", { name: /^Individual → Account/ })).toContainText("Stopped");
    await page.getByRole("link", { name: "Individual → Account" }).click();
    await page.getByRole("button", { name: /^Run version \d+ again/ }).click();
    await expect(page.getByText(/^Version \d+ runs again/)).toBeVisible();
    await expect(page.getByText("This mapping is stopped")).toHaveCount(0);
    expect(complaints).toEqual([]);
  });

  test("who publishes is told that a colleague did meanwhile, and loses nothing", async ({
    page,
    stack,
    browser,
  }) => {
    await openEditor(page, stack, "relay");
    const theirs = await browser.newPage({ baseURL: stack.url });
    await openEditor(theirs, stack, "relay");
    const publish = async (who: Page, note: string) => {
      await who
        .getByRole("row", { name: /^Last Name/ })
        .getByRole("button", { name: /^Edit/ })
        .click();
      await who.getByLabel("Note").fill(note);
      await who.getByRole("button", { name: "Done" }).click();
      await who.getByRole("button", { name: "Publish", exact: true }).click();
      const dialog = who.getByRole("dialog", { name: "Publish this mapping" });
      await dialog.getByLabel("Why").fill(`because ${note}`);
      return dialog;
    };
    const mine = await publish(page, "mine");
    const other = await publish(theirs, "theirs");
    await other.getByRole("button", { name: "Save and publish" }).click();
    await expect(theirs.getByText(/^Version \d+ is published/)).toBeVisible();

    const told = new RegExp(`^${stack.adminEmail} published version \\d+ meanwhile$`);
    await expect(mine.getByText(told)).toBeVisible({ timeout: 20_000 });
    await expect(mine).toContainText("because theirs");
    await expect(mine.getByLabel("Why")).toHaveValue("because mine");
    await expect(mine.getByRole("button", { name: "Save and publish" })).toBeDisabled();
    await mine.getByRole("button", { name: "Cancel" }).click();
    await expect(page.getByRole("row", { name: /^Last Name/ })).toContainText("mine");
    await theirs.close();
  });

  test("samples are found by name, e-mail and number", async ({ page, stack }) => {
    await push(stack, "contacts", [person("7770001", "Zenobia"), person("7770002", "Yolanda")]);
    const stored = "select key from record where key in ('7770001', '7770002') and s360_state is not null";
    await expect.poll(async () => (await query(stack, stored)).length).toBe(2);
    await openEditor(page, stack, "individual");
    await page.getByRole("button", { name: /^Try on/ }).click();
    const samples = page.getByRole("dialog", { name: "Try on a record" });
    for (const words of ["Zenobia", "frank.7770001@venue.example", "7770001"]) {
      await samples.getByRole("searchbox").fill(words);
      await expect(samples.getByRole("button", { name: /7770001/ })).toBeVisible();
      await expect(samples.getByRole("button", { name: /7770002/ })).toHaveCount(0);
    }
    await samples.getByRole("searchbox").fill("nobody of that name");
    await expect(samples.getByRole("status")).toContainText("No record");
  });

  test("the connection's file can be taken away, without its secrets", async ({ page, stack }) => {
    await signIn(page, stack, "/mappings");
    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("myvenue.yaml");
    const text = readFileSync(await download.path(), "utf8");
    expect(text).toContain("institution: myvenue");
    expect(text).toContain("env:");
  });
});
