import { readFileSync } from "node:fs";
import type { Locator, Page } from "@playwright/test";
import { applyConnection, push, query } from "@/e2e/support/connector";
import { complaintsOf, widths } from "@/e2e/support/screens";
import { openEditor } from "@/e2e/support/editor";
import { expect, test } from "@/e2e/support/story";

const contacts = JSON.parse(readFileSync("e2e/payloads/contacts-50.json", "utf8")) as object[];

const shortForm = (page: Page) => page.getByRole("textbox", { name: "Short form" });
const row = (page: Page, field: string) => page.getByRole("row", { name: new RegExp(`^${field}`) });

async function open(page: Page, field: string): Promise<Locator> {
  await page.getByRole("button", { name: `Edit ${field}` }).click();
  await expect(shortForm(page)).toBeFocused();
  return row(page, field);
}

/** As a person types: in place of what is there. */
async function write(page: Page, text: string): Promise<void> {
  await shortForm(page).press("Control+a");
  await page.keyboard.type(text);
}

/** A list that has just opened does not take a key that was meant for the text. */
async function accept(page: Page, name: string | RegExp): Promise<void> {
  await expect(page.getByRole("option", { name })).toHaveAttribute("aria-selected", "true");
  await page.waitForTimeout(150);
  await page.keyboard.press("Enter");
}

test.describe("An admin writes a line", () => {
  test.beforeAll(async ({ stack }) => {
    await applyConnection(stack);
    await push(stack, "contacts", contacts);
    const due = "select count(*)::int as due from record_direction where state in ('pending', 'retrying')";
    await expect.poll(async () => (await query(stack, due))[0]?.["due"], { timeout: 20_000 }).toBe(0);
  });

  test("as S-360's own documentation does: shown as rows, stored as JSONata, right on a real record", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "individual");
    const optOut = await open(page, "Email Opt Out");
    await write(page, "!authorizations(authorizationCode=EMAIL)/allowed");
    await page.keyboard.press("Escape");
    await expect(optOut).toContainText(/hecked \((true|false)\)/);
    await page.getByRole("tab", { name: "Rows" }).click();
    await expect(page.getByLabel("Value", { exact: true })).toHaveValue(
      "authorizations(authorizationCode=EMAIL)/allowed",
    );
    await expect(page.getByLabel("Written", { exact: true })).toHaveValue("not");
    await page.getByRole("tab", { name: "Expression" }).click();
    await expect(page.getByRole("textbox", { name: "Expression" })).toHaveText(
      '$opposite(authorizations[authorizationCode="EMAIL"][0].allowed)',
    );
    await page.getByRole("button", { name: "Done" }).click();

    const street = await open(page, "Mailing Street");
    await write(
      page,
      "addresses(main)/street1 + EOL + addresses(main)/street2 + EOL + addresses(main)/street3",
    );
    await expect(street.locator("code")).toContainText("street3");
    await expect(street.locator("code")).not.toContainText("street4");
    await expect(street.locator(".mappings-result__value")).toHaveText(/\d/);
    expect(complaints).toEqual([]);
  });

  test("with a mistake: said at its place, the last result stays, and a click corrects it", async ({
    page,
    stack,
  }) => {
    await openEditor(page, stack, "individual");
    const city = await open(page, "Mailing City");
    const before = await city.locator(".mappings-result__value").innerText();
    await write(page, "addresses(main/town");
    await expect(page.getByText("A comma or a closing bracket is expected.").first()).toBeVisible();
    await expect(shortForm(page)).toHaveAccessibleDescription(/closing bracket is expected/);
    await expect(city).toContainText("Its short form cannot be read yet");
    await expect(city).toContainText(before);
    await expect(page.getByRole("button", { name: "Save draft" })).toBeDisabled();

    await write(page, "addresses(main)/twon");
    await page.getByRole("button", { name: "Use town" }).click();
    await expect(shortForm(page)).toHaveText("addresses(main)/town");
    await expect(city.locator(".mappings-result__value")).toHaveText(before);
    await expect(page.getByText(/^Version \d published$/)).toBeVisible();
  });

  test("with completion, by the keyboard alone", async ({ page, stack }) => {
    await openEditor(page, stack, "individual");
    const city = await open(page, "Mailing City");
    await write(page, "auth");
    await accept(page, /^authorizations/);
    await page.keyboard.type("(authorizationCode=");
    await accept(page, "EMAIL");
    await page.keyboard.type(")/");
    await accept(page, /^allowed/);
    await expect(shortForm(page)).toHaveText("authorizations(authorizationCode=EMAIL)/allowed");
    await expect(city).toContainText(/true|false/);
  });

  test("from a value that is really there, and puts a second one behind it", async ({ page, stack }) => {
    await openEditor(page, stack, "individual");
    const values = page.getByRole("region", { name: "S-360 values" });
    await values.getByLabel("Find a value").fill("countryCode");
    await values.getByTitle("Map to a field: addresses(main)/countryCode").click();
    await page
      .getByRole("dialog")
      .getByLabel(/Find a field/)
      .fill("account description");
    await page.keyboard.press("ArrowDown");
    await page.keyboard.press("Enter");
    const line = row(page, "Account Description");
    await expect(line.locator("code")).toHaveText("addresses(main)/countryCode");
    await expect(line.locator(".mappings-result__value")).toHaveText(/^[A-Z]{2}$/);

    await page.getByRole("tab", { name: "Rows" }).click();
    await page.getByRole("button", { name: "Add a value" }).click();
    await page.getByLabel("Value 2").fill("contactNumber");
    await page.getByLabel("then", { exact: true }).selectOption({ label: "a line break" });
    await expect(line.locator("code")).toHaveText("addresses(main)/countryCode + EOL + contactNumber");
    await expect(line.locator(".mappings-result__value")).toHaveText(/^[A-Z]{2}\n00\d+$/);
    await page.getByRole("tab", { name: "Short form" }).click();
    await values.getByLabel("Find a value").fill("email");
    await shortForm(page).press("Control+End");
    await page.keyboard.type(" + ");
    await values.getByTitle("Put into the open line: communicationMeans/email").click();
    await expect(line.locator("code")).toHaveText(
      "addresses(main)/countryCode + EOL + contactNumber + communicationMeans/email",
    );
  });

  test("is told above the choice what fits a field and what does not, and why", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "individual");
    const values = page.getByRole("region", { name: "S-360 values" });
    await values.getByLabel("Find a value").fill("individualFirstName");
    await values.getByTitle("Map to a field: individualContact/individualFirstName").click();
    const dialog = page.getByRole("dialog", { name: "Add a line" });
    await expect(dialog).toContainText(
      /individualFirstName is a text such as “.+”\. It fits fields for text and picklists/,
    );
    await expect(dialog).toContainText("not those for numbers, checkboxes, dates");
    const employees = dialog.getByRole("button", { name: /^Employees/ });
    await expect(employees).toContainText(
      /Employees takes a whole number; individualContact\/individualFirstName is a text such as “.+”\./,
    );
    const order = await dialog.locator("[data-pick]").allInnerTexts();
    const placeOf = (label: string) => order.findIndex((text) => text.startsWith(label));
    expect(placeOf("Account Description")).toBeLessThan(placeOf("Employees"));
    await pictures(page, "fit-pick", employees);

    await employees.click();
    const line = row(page, "Employees");
    await expect(line).toContainText("Employees takes a whole number");
    await expect(page.getByText("This field takes a whole number. These values fit:")).toBeVisible();
    await values.getByLabel("Find a value").fill("individualLastName");
    await expect(values.getByText("Does not fit the open line")).toBeVisible();
    await pictures(page, "fit-line", page.getByText("These values fit:"));
    await page
      .getByRole("button", { name: /^Take / })
      .first()
      .click();
    await expect(line).not.toContainText("takes a whole number");
    await expect(page.getByText("These values fit:")).toBeHidden();

    await write(page, "!authorizations(authorizationCode=EMAIL)/allowed");
    await expect(line).toContainText("allowed is yes or no");
    await write(page, "$uppercase(");
    await expect(line).not.toContainText("is yes or no");
    expect(complaints).toEqual([]);
  });

  test("with a code that never came, half a name and a default: each is told where it is typed", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "individual");
    const optOut = await open(page, "Email Opt Out");
    await write(page, "!authorizations(authorizationCode=EMIAL)/allowed");
    await page.keyboard.press("Escape");
    await expect(
      page.getByText(/^authorizationCode EMIAL was never seen in the latest \d+ records/),
    ).toBeVisible();
    await pictures(page, "code-advice", page.getByRole("button", { name: "Use EMAIL" }));
    await page.getByRole("button", { name: "Use EMAIL" }).click();
    await expect(shortForm(page)).toHaveText("!authorizations(authorizationCode=EMAIL)/allowed");
    await expect(page.getByText(/was never seen/)).toHaveCount(0);
    await write(page, "!authorizations(authorizationCode=EMIAL)/allowed");
    await page.keyboard.press("Escape");
    await page.getByRole("button", { name: "Done" }).click();
    await expect(optOut).toContainText("did you mean EMAIL?");

    const city = await open(page, "Mailing City");
    await write(page, "addr");
    await page.keyboard.press("Escape");
    await expect(city.locator("code")).toHaveText("addresses(main)/town");
    await expect(city.locator("code")).toHaveClass(/stale/);
    await expect(page.getByText("What people edit goes into addr")).toHaveCount(0);
    await write(page, "addresses(main)/town");
    await page.keyboard.press("Escape");
    await expect(city.locator("code")).not.toHaveClass(/stale/);
    await page.getByRole("button", { name: "Done" }).click();

    await open(page, "Mailing City");
    await shortForm(page).clear();
    await page.keyboard.type("addresses(main/town", { delay: 60 });
    await expect(city.locator("code")).toHaveText("addresses(main)/town");
    await expect(page.getByText("What people edit goes into addresses(main)/town.")).toBeVisible();
    await page.getByRole("tab", { name: "Rows" }).click();
    await expect(page.getByText("Here is what the line said before")).toBeVisible();
    const value = page.getByLabel("Value", { exact: true });
    await expect(value).toHaveValue("addresses(main)/town");
    await value.clear();
    await value.pressSequentially("addresses(main", { delay: 30 });
    await page.getByRole("tab", { name: "Expression" }).click();
    await expect(page.getByRole("textbox", { name: "Expression" })).toHaveText("addresses[main][0].town");
    await page.getByRole("textbox", { name: "Expression" }).fill("addresses[main][0].twon");
    await expect(page.getByText(/knows no twon here/)).toBeVisible();
    await expect(city.locator("code")).toHaveText("addresses(main)/twon");
    await expect(city.locator("code")).not.toHaveClass(/stale/);
    await page.getByRole("textbox", { name: "Expression" }).fill("addresses[main][0].town");
    await page.getByRole("button", { name: "Done" }).click();

    await open(page, "Birthdate");
    await page.getByLabel("If there is no value").selectOption("Write a default value");
    await expect(page.getByLabel("Value if there is none")).toHaveAttribute("type", "date");
    await page.getByRole("button", { name: "Done" }).click();
    await open(page, "Salutation");
    await page.getByLabel("If there is no value").selectOption("Write a default value");
    await expect(page.getByLabel("Value if there is none")).toHaveAttribute("list", /./);
    await page.getByRole("button", { name: "Done" }).click();
    expect(complaints).toEqual([]);
  });

  test("and is offered the way back of each line that can be turned round", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    await openEditor(page, stack, "individual");
    await open(page, "First Name");
    await page.getByLabel("Edits in Salesforce").selectOption("Stay in Salesforce");
    await page.getByRole("button", { name: "Done" }).click();
    await page.getByRole("button", { name: "Choose which" }).click();
    const dialog = page.getByRole("dialog", { name: "Let edits go back to S-360" });
    await expect(dialog).toContainText("What people edit goes into individualContact/individualFirstName.");
    await expect(dialog.getByRole("button", { name: "Let edits go back" })).toBeDisabled();
    await dialog.getByLabel("First Name").focus();
    await page.keyboard.press("Space");
    await pictures(page, "way-back-offers", dialog.getByText("individualContact/individualFirstName"));
    await dialog.getByRole("button", { name: "Let edits of 1 line go back" }).click();
    await expect(row(page, "First Name")).toContainText("both ways");
    expect(complaints).toEqual([]);
  });
});

async function pictures(page: Page, name: string, of: Locator): Promise<void> {
  for (const width of [...widths].reverse()) {
    await page.setViewportSize({ width, height: 844 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow, `pixels that the page is wider than ${width}`).toBe(0);
    await of.scrollIntoViewIfNeeded();
    await page.screenshot({ path: `test-results/screens/${name}-${width}.png` });
  }
}
