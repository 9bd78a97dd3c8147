import { readFileSync } from "node:fs";
import type { Page } from "@playwright/test";
import { applyConnection, connector, orgRecords, push, query } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";

const institution = "myvenue";
const addressOf = (name: string) => `/value-maps/${name}?connection=${institution}`;
const titles = addressOf("titles");

/** With the codes of the records of other stories, which re-processing takes along. */
const valueMaps = {
  titles: {
    values: { MR: "Mr.", MRS: "Mrs.", MISS: "Ms.", PROF_DR: "Prof." },
    rules: { UNDEFINED: "leave" },
    otherwise: "hold",
  },
};

const titled = (contactNumber: string, title: string) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title, individualFirstName: "Edna", individualLastName: `Frank ${contactNumber}` },
});

const save = (page: Page) => page.getByRole("button", { name: "Save", exact: true }).click();

test.describe("An admin", () => {
  test.beforeAll(({ stack }) => applyConnection(stack, institution, stack.salesforceUrl, { valueMaps }));
  test.afterAll(({ stack }) => applyConnection(stack));

  test("decides about a code never seen before, and the held record goes through", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await push(stack, "contacts", [titled("8880001", "DR"), titled("8880002", "MR")], institution);
    await signIn(page, stack);
    await page.goto(`/value-maps?connection=${institution}`);
    const row = page.getByRole("row", { name: /^titles/ });
    await expect(row.getByRole("link", { name: /to decide/ })).toBeVisible({ timeout: 15_000 });
    await expect(page.getByRole("link", { name: /^Value maps ?, \d+ codes? to decide/ })).toBeVisible();
    for (const width of widths)
      await look(page, "value-maps", `/value-maps?connection=${institution}`, width);
    expect((await orgRecords(stack, "Account")).some(({ SyncId__c }) => SyncId__c === "8880001")).toBe(false);

    for (const width of [...widths].reverse()) await look(page, "value-map-inbox", titles, width);
    const inbox = page.getByRole("table", { name: "Codes never seen before" });
    await expect(inbox.getByRole("link", { name: "8880001" })).toBeVisible();
    await inbox.getByLabel("Value of DR").fill("Drr.");
    await expect(inbox.getByText("“Drr.” is not in the picklist of Salutation")).toBeVisible();
    await inbox.getByRole("button", { name: "Use Dr." }).click();
    await inbox.getByLabel("Value of DR").focus();
    await page.keyboard.press("Enter");
    await expect(page.getByText("DR is decided")).toBeVisible();
    await expect(page.getByText(/^\d+ records? that (was|were) held/)).toBeVisible();
    await expect(inbox.getByText("DR", { exact: true })).toHaveCount(0);
    await expect(page.getByLabel("Value of DR")).toHaveValue("Dr.");
    await expect
      .poll(async () => (await orgRecords(stack, "Account")).find(({ SyncId__c }) => SyncId__c === "8880001"))
      .toMatchObject({ Salutation: "Dr." });
    expect(complaints).toEqual([]);
  });

  test("changes what a code stands for, and takes the records that used it along", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    const salutation = async () =>
      (await orgRecords(stack, "Account")).find(({ SyncId__c }) => SyncId__c === "8880003")?.Salutation;
    await push(stack, "contacts", [titled("8880003", "MRS")], institution);
    await expect.poll(salutation, { timeout: 20_000 }).toBe("Mrs.");
    await signIn(page, stack);
    await page.goto(titles);
    await page.getByLabel("Value of MRS").fill("Ms.");
    await save(page);
    await expect(page.getByText("Records keep what was written before")).toBeVisible();
    await page.getByRole("button", { name: "Find the records" }).click();
    const found = page.getByRole("region", { name: /^Re-processing Individual/ });
    await expect(
      found.getByText(/^Re-process the \d+ records? whose result changed with titles$/),
    ).toBeVisible({
      timeout: 20_000,
    });
    expect(await salutation()).toBe("Mrs.");
    for (const width of [...widths].reverse()) {
      await page.setViewportSize({ width, height: 844 });
      await page.screenshot({
        path: `test-results/screens/value-map-reprocess-${width}.png`,
        fullPage: true,
      });
    }
    await found.getByRole("button", { name: "Re-process" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "Re-process" }).click();
    await expect.poll(salutation, { timeout: 20_000 }).toBe("Ms.");
    await expect(found.getByText(/^Re-processed/)).toBeVisible();
    await page.getByLabel("Value of MRS").fill("Mrs.");
    await save(page);
    await page.getByRole("button", { name: "Find the records" }).click();
    await expect(
      found.getByText(/^Re-process the \d+ records? whose result changed with titles$/),
    ).toBeVisible({
      timeout: 20_000,
    });
    expect(complaints).toEqual([]);
  });

  test("decides about many codes at once, by keyboard, and takes it back", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    const codes = ["CMDT", "DUKE", "LADY", "SIR"];
    await push(
      stack,
      "contacts",
      codes.map((code, index) => titled(`888001${index}`, code)),
      institution,
    );
    await signIn(page, stack);
    const inbox = page.getByRole("table", { name: "Codes never seen before" });
    await expect(async () => {
      await page.goto(titles);
      await expect(inbox.getByRole("row")).toHaveCount(codes.length + 1, { timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    const many = page.getByRole("form", { name: "Decide about several codes" });
    await expect(many).toContainText("Tick codes to decide about several at once.");
    await inbox.getByLabel("Tick DUKE").focus();
    await page.keyboard.press("Space");
    await inbox.getByLabel("Tick LADY").focus();
    await page.keyboard.press("Space");
    await expect(many.getByRole("status")).toHaveText("2 codes of 4 ticked");
    await expect(many.getByLabel("All 4 codes")).not.toBeChecked();
    await many.getByLabel("What each of 2 codes does").selectOption("leaves the field as it is");
    for (const width of [...widths].reverse()) {
      await page.setViewportSize({ width, height: 844 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow, `pixels that the page is wider than ${width}`).toBe(0);
      await page.screenshot({ path: `test-results/screens/value-map-many-${width}.png`, fullPage: true });
    }
    await many.getByRole("button", { name: "Decide 2 codes" }).press("Enter");
    await expect(page.getByText("2 codes are decided")).toBeVisible();
    await expect(inbox.getByRole("row")).toHaveCount(3);
    await expect(page.getByLabel("What DUKE does")).toHaveValue("leave");
    await expect
      .poll(async () => (await orgRecords(stack, "Account")).some(({ SyncId__c }) => SyncId__c === "8880011"))
      .toBe(true);

    await page.keyboard.press("Tab");
    await expect(many.getByLabel("All 2 codes")).toBeFocused();
    await page.keyboard.press("Space");
    await many.getByLabel("What each of 2 codes does").selectOption("stands for");
    await many.getByLabel("Value of each of 2 codes").fill("Mr.");
    await page.keyboard.press("Enter");
    await expect(page.getByText("None. A code that comes and is not listed appears here.")).toBeVisible();
    const stored = `select entries->'values' as values from value_map v join connection c on c.id = v.connection_id
      where c.institution = '${institution}' and v.name = 'titles'`;
    await expect
      .poll(async () => (await query(stack, stored))[0]?.["values"])
      .toMatchObject({ CMDT: "Mr.", SIR: "Mr." });
    // What is not written yet when the decision is taken back would be held again.
    for (const contactNumber of ["8880010", "8880013"])
      await expect
        .poll(async () =>
          (await orgRecords(stack, "Account")).some(({ SyncId__c }) => SyncId__c === contactNumber),
        )
        .toBe(true);
    // The message of the decision before may still be there, below.
    await page.getByRole("button", { name: "Undo" }).first().click();
    await expect(page.getByText("The value map is as it was before")).toBeVisible();
    expect((await query(stack, stored))[0]?.["values"]).not.toHaveProperty("SIR");
    expect(complaints).toEqual([]);
  });

  test("goes on to the next code after a decision, also past a very long one", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    const long = `LONG-${"X".repeat(250)}`;
    const people = [titled("8880021", long), titled("8880022", "ABBOT"), titled("8880023", "ZAR")];
    await push(stack, "contacts", people, institution);
    await signIn(page, stack);
    const inbox = page.getByRole("table", { name: "Codes never seen before" });
    await expect(async () => {
      await page.goto(titles);
      await expect(inbox.getByRole("row")).toHaveCount(people.length + 1, { timeout: 2_000 });
    }).toPass({ timeout: 20_000 });
    for (const width of [...widths].reverse()) await look(page, "value-map-long", titles, width);
    await inbox.getByLabel("Value of ABBOT").fill("Dr.");
    await page.keyboard.press("Enter");
    await expect(page.getByText("ABBOT is decided")).toBeVisible();
    await expect(inbox.getByLabel(`Value of ${long}`)).toBeFocused();
    await page.keyboard.type("Prof.");
    await page.keyboard.press("Enter");
    await expect(inbox.getByLabel("Value of ZAR")).toBeFocused();
    await page.keyboard.type("Mr.");
    await page.keyboard.press("Enter");
    await expect(page.getByText("None. A code that comes and is not listed appears here.")).toBeVisible();
    for (const width of [...widths].reverse()) await look(page, "value-map-long-listed", titles, width);
    await page.getByLabel("Value of ABBOT").fill("Tsar");
    await expect(page.locator("#value-map-offered option").first()).toHaveAttribute("value", "Mr.");
    expect(complaints).toEqual([]);
  });

  test("makes a value map, fills it by keyboard, and takes it through a spreadsheet", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await signIn(page, stack);
    await page.goto(`/value-maps?connection=${institution}`);
    await page.getByRole("button", { name: "New value map" }).click();
    const creation = page.getByRole("dialog", { name: "New value map" });
    await creation.getByLabel("Name").fill("no good");
    await page.keyboard.press("Enter");
    await expect(creation.getByText("use letters, digits, - and _ only")).toBeVisible();
    await creation.getByLabel("Name").fill("Titles");
    await page.keyboard.press("Enter");
    await expect(creation.getByText("There is a value map titles already")).toBeVisible();
    await creation.getByLabel("Name").fill("seats");
    await page.keyboard.press("Enter");
    await expect(page.getByRole("heading", { level: 1, name: "seats" })).toBeVisible();

    await page.getByRole("button", { name: "Add a code" }).click();
    const rows = page.getByRole("table", { name: "Codes", exact: true }).getByRole("row");
    await page.keyboard.type("A");
    await page.keyboard.press("Tab");
    await page.keyboard.press("Tab");
    await page.keyboard.type('=1+1, "é"');
    await page.keyboard.press("Enter");
    await page.keyboard.type("A");
    await expect(page.getByText("This code stands in another row too.")).toHaveCount(2);
    await expect(page.getByRole("button", { name: "Save", exact: true })).toBeDisabled();
    await page.keyboard.type("1");
    await page.getByLabel("What A1 does").selectOption("holds the record");
    await save(page);
    await expect(page.getByText("The value map is saved")).toBeVisible();
    await expect(page.getByText("No held record waited for it.")).toBeVisible();
    await expect(rows).toHaveCount(3);

    const [download] = await Promise.all([
      page.waitForEvent("download"),
      page.getByRole("link", { name: "Download CSV" }).click(),
    ]);
    expect(download.suggestedFilename()).toBe("seats.csv");
    const file = readFileSync(await download.path(), "utf8");
    expect(file).toBe('\uFEFFcode,value,then\r\nA,"\'=1+1, ""é""",\r\nA1,,hold\r\n');

    const upload = async (text: string, buffer = Buffer.from(text)) => {
      await page.getByRole("button", { name: "Upload CSV" }).click();
      await page
        .getByLabel("File", { exact: true })
        .setInputFiles({ name: "seats.csv", mimeType: "text/csv", buffer });
    };
    const dialog = page.getByRole("dialog", { name: "Upload codes" });
    await upload(file);
    await expect(dialog.getByText("The file says what the table says.")).toBeVisible();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await upload("code;value\nB;x\nB;y\n;z\n");
    await expect(dialog.getByText("Line 3: The code B stands in line 2 already.")).toBeVisible();
    await expect(dialog.getByText("Line 4: The code is empty.")).toBeVisible();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await upload("", Buffer.from([0x63, 0xe9]));
    await expect(dialog.getByText("Its letters are not in UTF-8")).toBeVisible();
    await dialog.getByRole("button", { name: "Cancel" }).click();
    await upload("code;value\nA;Stalls\nB;Balcony\n");
    await expect(dialog.getByText("1 code added, 1 changed, 0 removed.")).toBeVisible();
    await expect(dialog.getByRole("region", { name: "Removed" })).toHaveCount(0);
    await dialog.getByText("Remove the other codes (1)").click();
    await expect(dialog.getByText("1 code added, 1 changed, 1 removed.")).toBeVisible();
    await expect(dialog.getByRole("region", { name: "Removed" })).toContainText(
      "A1: Before: holds the record.",
    );
    await page.screenshot({ path: "test-results/screens/value-map-upload.png" });
    await dialog.getByRole("button", { name: "Put into the table" }).click();
    await expect(page.getByText("3 unsaved changes")).toBeVisible();
    await page.getByRole("button", { name: "Put back A1" }).click();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 });
      await page.screenshot({ path: `test-results/screens/value-map-edit-${width}.png`, fullPage: true });
    }
    await save(page);
    const stored = "select entries from value_map where name = 'seats'";
    await expect
      .poll(() => query(stack, stored))
      .toEqual([
        { entries: { values: { A: "Stalls", B: "Balcony" }, rules: { A1: "hold" }, otherwise: "hold" } },
      ]);
    await expect(
      page.getByRole("region", { name: "Changes" }).getByText("Saved", { exact: true }),
    ).toBeVisible();
    const undo = page.getByRole("button", { name: "Undo" });
    await expect(undo).toHaveCount(1);
    await undo.click();
    await expect(page.getByText("The value map is as it was before")).toBeVisible();
    expect(await connector(stack, "export", institution)).toContain("seats:");

    const colleague = await page.context().newPage();
    await colleague.goto(`/value-maps?connection=${institution}`);
    await colleague.getByRole("button", { name: "Remove seats" }).click();
    await colleague.getByRole("dialog").getByRole("button", { name: "Remove" }).click();
    await expect(colleague.getByRole("link", { name: "seats" })).toHaveCount(0);
    await expect(page.getByText("Somebody removed this value map. What is open here stays")).toBeVisible({
      timeout: 15_000,
    });
    await page.getByRole("button", { name: "Remove A1" }).click();
    await save(page);
    await expect(page.getByText("Somebody removed this value map after you opened it.")).toBeVisible();
    await page.getByRole("button", { name: "Keep mine" }).click();
    await save(page);
    await expect(
      page.getByRole("region", { name: "Changes" }).getByText("Saved", { exact: true }),
    ).toBeVisible();
    const anew = { values: { A: '=1+1, "é"' }, otherwise: "hold" };
    expect(await query(stack, stored)).toEqual([{ entries: anew }]);

    await page.goto(`/value-maps?connection=${institution}`);
    await page.getByRole("button", { name: "Remove titles" }).click();
    await expect(page.getByRole("dialog", { name: "titles is needed" })).toContainText("Salutation");
    await page.keyboard.press("Escape");
    // What is refused (a name that is taken, 422; what was removed meanwhile, 409) the browser tells too.
    expect(complaints.filter((complaint) => !/ 4(09|22) /.test(complaint))).toEqual([]);
  });

  test("takes a save back, and keeps what was typed since", async ({ page, stack }) => {
    await signIn(page, stack);
    await page.goto(titles);
    const others = page.getByRole("region", { name: "Other codes" });
    const rule = others.getByLabel("When a code is not listed,");
    await expect(rule).toHaveValue("hold");
    await rule.selectOption("default");
    await others.getByLabel("Default value").fill("Mx.");
    await save(page);
    await expect(page.getByText("The value map is saved")).toBeVisible();
    await page.getByLabel("Value of MISS").fill("Miss");
    await page.getByRole("button", { name: "Undo" }).click();
    await expect(page.getByText("The value map is as it was before")).toBeVisible();
    await expect(page.getByText("1 unsaved change", { exact: true })).toBeVisible();
    await expect(rule).toHaveValue("hold");
    await expect(page.getByLabel("Value of MISS")).toHaveValue("Miss");
    await page.screenshot({ path: "test-results/screens/value-map-taken-back.png", fullPage: true });
    await page.getByLabel("Value of MISS").fill("Ms.");
    await expect(page.getByText("1 unsaved change", { exact: true })).toHaveCount(0);
  });

  test("loses nothing when somebody else saved in between", async ({ page, stack }) => {
    const path = addressOf("order-types");
    await signIn(page, stack);
    await page.goto(path);
    const colleague = await page.context().newPage();
    await colleague.goto(path);
    await colleague.getByLabel("Value of OPTION", { exact: true }).fill("Their option");
    await colleague.getByRole("button", { name: "Remove RENEWAL" }).click();
    await save(colleague);
    await expect(colleague.getByText("The value map is saved")).toBeVisible();

    await page.getByLabel("Value of SALE").fill("My sale");
    await page.getByLabel("Value of OPTION", { exact: true }).fill("My option");
    await page
      .getByLabel("When a code is not listed,")
      .selectOption("hold the record until the code is listed");
    await save(page);
    await expect(page.getByText("Your changes are not saved yet")).toBeVisible();
    await expect(page.getByText("You, in another window, changed this value map")).toBeVisible();
    await expect(page.getByText("RENEWAL: Before: ")).toContainText("Theirs: is not listed.");
    await expect(page.getByText("Theirs: stands for “Their option”. Mine")).toBeVisible();
    await expect(page.getByLabel("Value of SALE")).toHaveValue("My sale");
    await page.screenshot({ path: "test-results/screens/value-map-conflict.png" });
    await page.getByRole("button", { name: "Keep mine" }).click();
    await expect(page.getByText("3 unsaved changes")).toBeVisible();
    await save(page);
    await expect(page.getByText("The value map is saved")).toBeVisible();
    await page.reload();
    await expect(page.getByLabel("Value of SALE")).toHaveValue("My sale");
    await expect(page.getByLabel("Value of OPTION", { exact: true })).toHaveValue("My option");
    await expect(page.getByLabel("Value of RENEWAL")).toHaveCount(0);
    await page.getByRole("button", { name: "Remove SALE" }).click();
    await page.getByRole("link", { name: "Records" }).click();
    const leaving = page.getByRole("dialog", { name: "Leave without saving?" });
    await leaving.getByRole("button", { name: "Save and leave" }).click();
    await expect(page).toHaveURL(/\/records/);
    await page.goto(path);
    await expect(page.getByLabel("Value of SALE")).toHaveCount(0);
  });
});
