import { applyConnection, connector, query } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";

/**
 * A connection of its own, whose org is never reached: what it has used is made up here. After myvenue in the order of
 * names: the app opens with the first.
 */
const institution = "spendingvenue";
const path = `/?connection=${institution}`;

test.describe("An admin looks at the calls to Salesforce", () => {
  test.beforeAll(({ stack }) => applyConnection(stack, institution, "http://127.0.0.1:7"));

  test("sees who used them, what waits and until when, and grants more", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    const ofVenue = "(select id from connection where institution = $1)";
    await query(
      stack,
      `insert into api_usage (connection_id, system, day, calls, org_used, org_limit, org_heard_at)
       values (${ofVenue}, 'salesforce', to_char(now() at time zone 'utc', 'YYYY-MM-DD'), 310, 400, 1000, now())`,
      [institution],
    );
    await query(
      stack,
      `insert into call_hour (connection_id, hour, lane, calls)
       values (${ofVenue}, date_trunc('hour', now()) - interval '20 hours', 3, 310)`,
      [institution],
    );
    await signIn(page, stack);
    await page.goto(path);
    const card = page.getByRole("region", { name: "API calls" });
    await expect(card.getByText("310 to Salesforce in 24 hours by this connector")).toBeVisible();
    await expect(card.getByRole("meter", { name: "Calls to Salesforce in 24 hours" })).toHaveAttribute(
      "aria-valuetext",
      "310 by this connector, 90 by others",
    );
    await expect(card).toContainText("500 (50 %)");
    await expect(card).toContainText(/Imports and re-processing: wait until about \d\d:\d\d on /);
    await expect(card).toContainText("until midnight (Europe/Zurich)");
    await expect(card).not.toContainText("Records tried again: wait");
    for (const width of [...widths].reverse()) await look(page, "calls-short", path, width);

    await card.getByRole("button", { name: "Edit the calls granted to this connector" }).click();
    const dialog = page.getByRole("dialog", { name: "Calls granted to this connector" });
    const field = dialog.getByRole("textbox");
    await expect(field).toBeFocused();
    await field.fill("lots");
    await page.keyboard.press("Enter");
    await expect(dialog).toContainText("Give a whole number such as 20000, or a share from 1% to 100%.");
    await field.fill("80 %");
    await expect(dialog).toContainText("800 of the 1,000 calls that Salesforce allows.");

    expect(complaints).toEqual([]);

    // Somebody else was faster.
    await query(
      stack,
      `update connection set settings = jsonb_set(settings, '{salesforce,dailyCalls}', '400') where institution = $1`,
      [institution],
    );
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByRole("region", { name: "Notifications" })).toContainText(
      "Somebody else granted 400 after you opened this.",
    );
    await expect(field).toHaveValue("80 %");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(dialog).toBeHidden();
    await expect(card).toContainText("800 (80 %)");
    await expect(card).not.toContainText("Calls run short");

    expect(await connector(stack, "export", institution)).toContain("dailyCalls: 80%");
    const trail = await query(
      stack,
      `select subject from audit_log where action = 'Salesforce calls granted' and connection_id = ${ofVenue}`,
      [institution],
    );
    expect(trail).toEqual([{ subject: "80% in 24 hours" }]);
  });
});
