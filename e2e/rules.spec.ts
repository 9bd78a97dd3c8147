import type { Page } from "@playwright/test";
import { applyConnection, connector, query } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";

/** A connection of its own, whose org is never reached: rules need none. */
const institution = "rulesvenue";
const path = `/rules?connection=${institution}`;

const created = "When Salesforce has an individual that S-360 does not have, and it is made or edited:";
const deleted = "When a structure is deleted in Salesforce:";

async function save(page: Page): Promise<void> {
  await page.getByRole("button", { name: "Save" }).click();
  await page.getByRole("dialog", { name: "Save these rules?" }).getByRole("button", { name: "Save" }).click();
}

test.describe("An admin changes the rules", () => {
  test.beforeAll(({ stack }) => applyConnection(stack, institution, "http://127.0.0.1:8"));

  test("as sentences, sees what differs before saving, and undoes it", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    const [before] = await query(stack, "select coalesce(max(id), 0) as last from audit_log", []);
    await signIn(page, stack);
    await page.goto(path);
    await expect(page.getByText("Mail is not set up")).toBeVisible();
    await expect(page.getByLabel(created)).toHaveValue("ignore");

    await page.getByLabel(created).selectOption("create it in S-360");
    const condition = page.getByRole("textbox", { name: /only if/ });
    await condition.fill("PersonEmail > $now()");
    await expect(page.getByText("$now cannot be used here")).toBeVisible();
    await expect(page.locator("mark")).toContainText("$now");
    await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
    await condition.fill("PersonEmail != null");
    await expect(page.getByText("It reads PersonEmail.")).toBeVisible();

    // By keyboard alone.
    await page.getByLabel(deleted).focus();
    await page.keyboard.press("ArrowUp");
    await expect(page.getByLabel(deleted)).toHaveValue("mark");
    await page.getByLabel("Mail about reviews").fill("crm@venue.example");

    await page.getByRole("button", { name: "Save" }).click();
    const dialog = page.getByRole("dialog", { name: "Save these rules?" });
    await expect(dialog).toContainText("After: create it in S-360, only if PersonEmail != null");
    await expect(dialog).toContainText("Before: open a review");
    await expect(dialog.getByRole("listitem")).toHaveCount(3);
    await page.screenshot({ path: "test-results/screens/rules-save.png" });
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The rules are saved")).toBeVisible();
    await page.screenshot({ path: "test-results/screens/rules-saved.png" });

    const file = await connector(stack, "export", institution);
    expect(file).toContain("createWhen: PersonEmail != null");
    expect(file).toContain("crm@venue.example");
    const trail = await query(
      stack,
      "select subject from audit_log where action = 'rule changed' and id > $1 order by id",
      [before?.["last"]],
    );
    expect(trail.map(({ subject }) => String(subject))).toEqual([
      "rules.out.individual.create",
      "rules.out.individual.createWhen",
      "rules.out.structure.delete",
      "tell",
    ]);

    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The rules are as they were before")).toBeVisible();
    await expect(page.getByLabel(created)).toHaveValue("ignore");
    await page.reload();
    await expect(page.getByLabel(deleted)).toHaveValue("review");
    expect(complaints).toEqual([]);
  });

  test("and loses nothing when somebody else saved in between", async ({ page, stack }) => {
    await signIn(page, stack);
    await page.goto(path);
    const colleague = await page.context().newPage();
    await colleague.goto(path);
    await colleague.getByLabel("When both sides changed a field:").selectOption("Salesforce’s value stays");
    await save(colleague);
    await expect(colleague.getByText("The rules are saved")).toBeVisible();

    await page.getByLabel(deleted).selectOption("tell someone");
    await save(page);
    await expect(page.getByText("Your changes are not saved yet")).toBeVisible();
    await expect(page.getByLabel(deleted)).toHaveValue("tell");
    await page.screenshot({ path: "test-results/screens/rules-conflict.png", fullPage: true });
    await page.getByRole("button", { name: "Keep mine" }).click();
    await expect(page.getByText("1 unsaved change")).toBeVisible();
    await save(page);
    await expect(page.getByText("The rules are saved")).toBeVisible();
    await page.reload();
    await expect(page.getByLabel(deleted)).toHaveValue("tell");
    await expect(page.getByLabel("When both sides changed a field:")).toHaveValue("salesforce");
  });

  test("and is asked before leaving with changes that are not saved", async ({ page, stack }) => {
    await signIn(page, stack);
    await page.goto(path);
    await page.getByLabel(created).selectOption("tell someone");
    await page.getByRole("link", { name: "Records" }).click();
    await expect(page.getByRole("dialog", { name: "Leave without saving?" })).toBeVisible();
    await page.getByRole("button", { name: "Stay" }).click();
    await expect(page.getByLabel(created)).toHaveValue("tell");
    await page.getByRole("link", { name: "Records" }).click();
    const leaving = page.getByRole("dialog", { name: "Leave without saving?" });
    await expect(leaving).toContainText("After: tell someone");
    await leaving.getByRole("button", { name: "Save and leave" }).click();
    await expect(page).toHaveURL(/\/records/);
    await page.goto(path);
    await expect(page.getByLabel(created)).toHaveValue("tell");
  });

  test("on a wide and on a narrow screen", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    await signIn(page, stack);
    for (const width of widths) await look(page, "rules", path, width);
    await page.getByLabel(created).selectOption("create it in S-360");
    await page.getByRole("textbox", { name: /only if/ }).fill("PersonEmail != ");
    await expect(page.getByText("cannot be read")).toBeVisible();
    await page.screenshot({ path: "test-results/screens/rules-condition-390.png", fullPage: true });
    expect(complaints).toEqual([]);
  });
});
