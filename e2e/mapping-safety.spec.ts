import { readFileSync } from "node:fs";
import type { Browser, Locator, Page } from "@playwright/test";
import { applyConnection, push, query } from "@/e2e/support/connector";
import { chooseMore, openEditor } from "@/e2e/support/editor";
import { complaintsOf, widths } from "@/e2e/support/screens";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

const contacts = JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as object[];

const shortForm = (page: Page) => page.getByRole("textbox", { name: "Short form" });
const row = (page: Page, field: string) => page.getByRole("row", { name: new RegExp(`^${field}`) });
const lineOf = (page: Page, field: string) => page.getByRole("rowheader", { name: new RegExp(`^${field}`) });
const draftBar = (page: Page) => page.getByRole("region", { name: "Draft" });
const step = (page: Page, name: string) => draftBar(page).getByRole("button", { name, exact: true });

async function write(page: Page, field: string, text: string): Promise<Locator> {
  if (!(await shortForm(page).isVisible()))
    await page.getByRole("button", { name: `Edit ${field}`, exact: true }).click();
  await shortForm(page).press("Control+a");
  await page.keyboard.type(text);
  return row(page, field);
}

/** The page of somebody else, who signs in on a computer of their own. */
async function another(browser: Browser, stack: Stack, mapping: string): Promise<Page> {
  const page = await (await browser.newContext({ baseURL: stack.url })).newPage();
  await openEditor(page, stack, mapping);
  return page;
}

/** As when the person comes back to the window. */
const lookAgain = (page: Page) => page.evaluate(() => window.dispatchEvent(new Event("visibilitychange")));

/** Both widths at one step, for people to look at. */
async function picture(page: Page, name: string): Promise<void> {
  const size = page.viewportSize();
  for (const width of widths) {
    await page.setViewportSize({ width, height: 900 });
    const wider = () =>
      page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
    await expect.poll(wider, { message: `${name} fits ${width} pixels` }).toBe(0);
    await page.screenshot({ path: `test-results/screens/${name}-${width}.png` });
  }
  if (size) await page.setViewportSize(size);
}

test.describe("An admin loses nothing", () => {
  test.beforeAll(async ({ stack }) => {
    await applyConnection(stack);
    await push(stack, "contacts", contacts);
    const due = "select count(*)::int as due from record_direction where state in ('pending', 'retrying')";
    await expect.poll(async () => (await query(stack, due))[0]?.["due"], { timeout: 20_000 }).toBe(0);
  });

  test("by a wrong step: each is taken back and done again, by keys and by buttons that name it", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "individual");
    const said = (text: string) => expect(page.getByRole("status").getByText(text)).toBeAttached();
    const city = await write(page, "Mailing City", "contactNumber");
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await page.getByRole("button", { name: "Add a filter" }).click();
    await page.getByRole("textbox", { name: "Filter" }).fill('state = "ACTIVE"');
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await page.getByRole("button", { name: "Move First Name up" }).click();
    await said("First Name is now line 2 of 17");
    await page.getByRole("button", { name: "Remove Email Opt Out" }).click();
    await said("Email Opt Out removed. Undo puts it back.");
    await expect(lineOf(page, "Email Opt Out")).toHaveCount(0);
    await picture(page, "undo-bar");

    await page.keyboard.press("Control+z");
    await said("Undone: Email Opt Out removed");
    await expect(lineOf(page, "Email Opt Out")).toBeVisible();
    await step(page, "Undo: First Name moved").click();
    await step(page, "Undo: Filter changed").click();
    await expect(page.getByText("Every record of this kind.")).toBeVisible();
    await page.keyboard.press("Control+z");
    await expect(city.locator("code")).toHaveText("addresses(main)/town");
    await expect(step(page, "Nothing to undo")).toHaveAttribute("aria-disabled", "true");
    await expect(step(page, "Save draft")).toBeDisabled();

    await page.keyboard.press("Control+Shift+z");
    await expect(city.locator("code")).toHaveText("contactNumber");
    await page.keyboard.press("Control+y");
    await page.keyboard.press("Control+y");
    await step(page, "Redo: Email Opt Out removed").click();
    await expect(lineOf(page, "Email Opt Out")).toHaveCount(0);
    await expect(step(page, "Nothing to redo")).toHaveAttribute("aria-disabled", "true");

    // In a text the keys take back its own letters.
    await write(page, "Mailing City", "function");
    await page.keyboard.press("Control+z");
    await expect(lineOf(page, "Email Opt Out")).toHaveCount(0);

    await chooseMore(page, "Discard unsaved changes");
    await expect(lineOf(page, "Email Opt Out")).toBeVisible();
    await expect(draftBar(page)).toContainText(/Version \d published/);
    await step(page, "Undo: Changes discarded").click();
    await expect(lineOf(page, "Email Opt Out")).toHaveCount(0);
    await chooseMore(page, "Discard unsaved changes");
    expect(complaints).toEqual([]);
  });

  test("to a colleague: what both did goes together, and where both changed, they choose", async ({
    page,
    browser,
    stack,
  }) => {
    await openEditor(page, stack, "relay");
    const ann = await another(browser, stack, "relay");
    await write(ann, "First Name", '"Ann"');
    await ann.getByRole("button", { name: "Done", exact: true }).click();
    await write(ann, "Last Name", '"Ann too"');
    await ann.getByRole("button", { name: "Save draft" }).click();
    await expect(draftBar(ann)).toContainText("Unpublished changes");

    await write(page, "Last Name", '"mine"');
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await write(page, "Email", '"me@venue.example"');
    await lookAgain(page);
    await expect(draftBar(page)).toContainText(/saved (just now|\d+ seconds? ago)/);
    await expect(page.getByText("Both windows changed this")).toBeVisible();
    await draftBar(page).getByRole("button", { name: "See what changed" }).click();
    await expect(page.getByText("This draft was saved somewhere else")).toBeInViewport();
    await picture(page, "clash");

    await expect(page.getByRole("button", { name: "Take it in" })).toBeDisabled();
    const clash = page.getByRole("group", { name: "Last Name" });
    await expect(clash).toContainText('"Ann too"');
    await clash.getByText('"mine"').click();
    await page.getByRole("button", { name: "Take it in" }).click();
    await expect(row(page, "First Name").locator("code")).toHaveText('"Ann"');
    await expect(row(page, "Last Name").locator("code")).toHaveText('"mine"');
    await expect(
      page
        .getByRole("row")
        .filter({ has: page.getByRole("button", { name: /Email$/ }) })
        .locator("code"),
    ).toHaveText('"me@venue.example"');
    await page.getByRole("button", { name: "Save draft" }).click();
    await expect(draftBar(page)).toContainText("Unpublished changes");

    await write(ann, "Last Name", '"again"');
    await ann.getByRole("button", { name: "Save draft" }).click();
    await expect(ann.getByText("Your changes are not saved yet")).toBeInViewport();
    await ann.context().close();
  });

  test("by going back to what is published", async ({ page, stack }) => {
    await openEditor(page, stack, "relay");
    await expect(row(page, "Last Name").locator("code")).toHaveText('"mine"');
    await chooseMore(page, /^Go back to version \d/);
    const dialog = page.getByRole("dialog", { name: /^Go back to version \d\?$/ });
    await expect(dialog).toContainText("for everybody who edits it");
    await dialog.getByRole("button", { name: "Go back" }).click();
    await expect(draftBar(page)).toContainText(/Version \d published/);
    await expect(row(page, "Last Name").locator("code")).not.toHaveText('"mine"');
    await draftBar(page)
      .getByRole("button", { name: /^Undo: The draft is back to version \d$/ })
      .click();
    await expect(row(page, "Last Name").locator("code")).toHaveText('"mine"');
    await expect(draftBar(page)).toContainText("Unsaved changes");
  });

  test("by leaving: they stay, save and leave, or leave", async ({ page, stack }) => {
    await openEditor(page, stack, "structure");
    await page.getByRole("link", { name: "Mappings", exact: true }).first().click();
    await page.getByRole("link", { name: "Structure → Account" }).click();
    await write(page, "Account Phone", '"1"');
    const leaving = page.getByRole("dialog", { name: "Leave without saving?" });
    await page.getByRole("link", { name: "Records", exact: true }).click();
    await picture(page, "leave");
    await leaving.getByRole("button", { name: "Stay" }).click();
    await expect(shortForm(page)).toHaveText('"1"');

    await page.evaluate(() => history.back());
    await leaving.getByRole("button", { name: "Stay" }).click();
    await expect(shortForm(page)).toHaveText('"1"');

    await write(page, "Account Phone", "addresses(");
    await page.getByRole("link", { name: "Records", exact: true }).click();
    await expect(leaving).toContainText(
      "They cannot be saved yet. Account Phone: Its short form cannot be read yet.",
    );
    await expect(leaving.getByRole("button", { name: "Save and leave" })).toBeDisabled();
    await leaving.getByRole("button", { name: "Stay" }).click();

    await write(page, "Account Phone", '"2"');
    await page.getByRole("link", { name: "Records", exact: true }).click();
    await leaving.getByRole("button", { name: "Save and leave" }).click();
    await expect(page).toHaveURL(/\/records/);
    await page.goBack();
    await expect(row(page, "Account Phone").locator("code")).toHaveText('"2"');
    await write(page, "Account Phone", '"3"');
    await page.getByRole("link", { name: "Records", exact: true }).click();
    await leaving.getByRole("button", { name: "Leave without saving" }).click();
    await expect(page).toHaveURL(/\/records/);
    await page.goBack();
    await expect(row(page, "Account Phone").locator("code")).toHaveText('"2"');
    await chooseMore(page, /^Go back to version \d/);
    await page.getByRole("dialog").getByRole("button", { name: "Go back" }).click();
    await expect(draftBar(page)).toContainText(/Version \d published/);
  });

  test("of what cannot be read: in rows it stays as typed, also shown in another way or opened again", async ({
    page,
    stack,
  }) => {
    await openEditor(page, stack, "individual");
    const city = row(page, "Mailing City");
    await page.getByRole("button", { name: "Edit Mailing City" }).click();
    await page.getByRole("tab", { name: "Rows" }).click();
    const value = page.getByLabel("Value", { exact: true });
    await value.fill("addresses(main/town");
    await expect(value).toHaveAccessibleDescription(/closing bracket is expected/);
    await expect(city).toContainText("A value in its rows cannot be read yet");
    await picture(page, "rows-unread");
    await page.getByRole("tab", { name: "Expression" }).click();
    await expect(page.getByText("What was typed last cannot be read yet")).toBeVisible();
    await page.getByRole("tab", { name: "Rows" }).click();
    await expect(value).toHaveValue("addresses(main/town");
    await page.getByRole("button", { name: "Close Mailing City" }).click();
    await page.getByRole("button", { name: "Edit Mailing City" }).click();
    await expect(value).toHaveValue("addresses(main/town");
    await expect(step(page, "Save draft")).toBeDisabled();
    await page.getByRole("tab", { name: "Short form" }).click();
    await expect(shortForm(page)).toHaveText("addresses(main/town");

    await page.getByRole("tab", { name: "Rows" }).click();
    await step(page, "Undo: Mailing City changed").click();
    await expect(value).toHaveValue("addresses(main)/town");
    await value.fill("addresses(main)/twon");
    await page.getByRole("button", { name: "Use town" }).click();
    await expect(value).toHaveValue("addresses(main)/town");

    const values = page.getByRole("region", { name: "S-360 values" });
    await values.getByLabel("Find a value").fill("countryCode");
    await values.getByTitle(/: addresses\(main\)\/countryCode$/).click();
    await expect(city.locator("code")).toHaveText("addresses(main)/countryCode");
    await page.getByRole("button", { name: "Add a value" }).click();
    await values.getByLabel("Find a value").fill("zipCode");
    await values.getByTitle(/: addresses\(main\)\/zipCode$/).click();
    await expect(city.locator("code")).toHaveText("addresses(main)/countryCode + addresses(main)/zipCode");
  });

  test("to the other language: a filter in short form, a code without quotes, a list", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "individual");
    await page.getByRole("button", { name: "Add a filter" }).click();
    const card = page.getByRole("region", { name: "Which records take part" });
    const filter = page.getByRole("textbox", { name: "Filter" });
    await filter.fill('addresses(main)/countryCode = "FR"');
    await expect(filter).toHaveAccessibleDescription(/This is short form/);
    await picture(page, "filter-short-form");
    await page.getByRole("button", { name: 'Use addresses[main][0].countryCode = "FR"' }).click();
    await expect(filter).toHaveText('addresses[main][0].countryCode = "FR"');
    await expect(card).toContainText(/[1-9]\d* of the latest \d+ take part/);

    await filter.fill("type = INDIVIDUAL");
    await expect(card).toContainText("INDIVIDUAL is read as the name of a value here");
    await picture(page, "filter-code");
    await page.getByRole("button", { name: 'Use type = "INDIVIDUAL"' }).click();
    await expect(filter).toHaveText('type = "INDIVIDUAL"');

    const values = page.getByRole("region", { name: "S-360 values" });
    await filter.fill("");
    await filter.focus();
    await values.getByLabel("Find a value").fill("countryCode");
    await values.getByTitle(/^Put into the filter: addresses\/countryCode$/).click();
    await expect(filter).toHaveText("addresses.countryCode");
    await page.keyboard.type(' = "FR"');
    await expect(card).toContainText("can hold several values");
    await picture(page, "filter-list");
    await page.getByRole("button", { name: 'Use "FR" in addresses.countryCode' }).click();
    await expect(filter).toHaveText('"FR" in addresses.countryCode');
    await page.getByRole("tab", { name: "How to write" }).click();
    await expect(values.getByRole("heading", { name: "Which records take part" })).toBeVisible();
    await picture(page, "filter-help");
    await page.getByRole("tab", { name: "Values" }).click();
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await values.getByLabel("Find a value").fill("contactNumber");
    await expect(values.getByTitle("Map to a field: contactNumber")).toBeVisible();
    expect(complaints).toEqual([]);
  });

  test("to a slip: names that nobody knows, a filter that cannot be read, a text that is too long", async ({
    page,
    stack,
  }) => {
    await openEditor(page, stack, "individual");
    await page.getByRole("button", { name: "Add a filter" }).click();
    const filter = page.getByRole("textbox", { name: "Filter" });
    await filter.fill("$exists()");
    await expect(filter).toHaveAccessibleDescription(/\$exists\(\) has nothing to work on/);
    await expect(page.getByText("Cannot be told: the filter has a problem")).toBeVisible();
    await expect(page.getByText(/^This mapping cannot be published yet/)).toBeVisible();
    await step(page, "Publish").click();
    const publishing = page.getByRole("dialog", { name: "Publish this mapping" });
    await expect(publishing).toContainText("Which records take part cannot be told. $exists() has nothing");
    await page.keyboard.press("Escape");

    await filter.fill('stat = "ACTIVE"');
    await expect(page.getByText(/knows no stat here. Did you mean state\?/)).toBeVisible();
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await expect(page.getByRole("region", { name: "Which records take part" })).toContainText(
      "Did you mean state?",
    );
    await page.getByRole("button", { name: "Edit Mailing City" }).click();
    await page.getByRole("tab", { name: "Expression" }).click();
    const expression = page.getByRole("textbox", { name: "Expression" });
    await expression.fill("$uppercase(addresses[main][0].twon)");
    await page.getByRole("button", { name: "Done", exact: true }).click();
    await expect(row(page, "Mailing City")).toContainText("Did you mean town?");
    await step(page, "Publish").click();
    await expect(publishing).toContainText("Worth a look before you publish");
    await expect(publishing).toContainText("Mailing City: S-360's documentation knows no twon here.");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Edit Mailing City" }).click();
    await page.getByRole("button", { name: "Use town" }).click();
    await expect(expression).toHaveText("$uppercase(addresses[main][0].town)");
    await page.evaluate(() => document.activeElement?.closest("body")?.focus());
    await expression.fill("x".repeat(10_001));
    await expect(
      page.getByText(/would have 10,001 characters, and at most 10,000 are possible/),
    ).toBeVisible();
    await expect(expression).toHaveText("$uppercase(addresses[main][0].town)");
  });

  test("from sight: what has the focus is never below the bar that stays", async ({ page, stack }) => {
    await openEditor(page, stack, "individual");
    for (const width of widths) {
      await page.setViewportSize({ width, height: 700 });
      await page.getByRole("button", { name: "Add line" }).focus();
      await page.evaluate(() => window.scrollTo(0, document.body.scrollHeight));
      for (const name of ["Edit Mailing City", "Edit First Name", "Add line"]) {
        const button = page.getByRole("button", { name });
        await button.evaluate((element: HTMLElement) => element.focus());
        const bar = await draftBar(page).boundingBox();
        const place = await button.boundingBox();
        expect(place?.y, `${name} at ${width}`).toBeGreaterThan((bar?.y ?? 0) + (bar?.height ?? 0));
      }
    }
  });
});
