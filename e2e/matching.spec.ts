import { applyConnection, connector, orgRecords, query } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import type { Page } from "@playwright/test";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

const number = "7790001";
const email = "edna.matching@mail.example";
const contact = {
  contactNumber: number,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName: "Matching" },
  communicationMeans: [{ email, cellularPhone: "41 / 0791234567" }],
};

async function post(url: string, body: unknown): Promise<void> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method: "POST", headers, body: JSON.stringify(body) });
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${await response.text()}`);
}

const personType = async (stack: Stack): Promise<unknown> =>
  (await query(stack, "select org->'recordTypes' as types from connection where institution = 'myvenue'"))
    .flatMap(({ types }) => (types ?? []) as { id: string; person: boolean }[])
    .find(({ person }) => person)?.id;

/** As two colleagues who each typed the person in. */
async function typedTwice(stack: Stack): Promise<void> {
  const one = {
    RecordTypeId: await personType(stack),
    FirstName: "Edna",
    LastName: "Matching",
    PersonEmail: email,
  };
  const records = [one, { ...one, PersonMobilePhone: "+41 79 765 43 21" }];
  await post(`${stack.salesforceUrl}/__control/records`, { object: "Account", records });
}

const within = { timeout: 30_000 };

test.describe("A contact that Salesforce has twice without a Sync ID", () => {
  test("waits, and becomes the one that an admin says", async ({ page, stack }) => {
    test.setTimeout(120_000);
    await applyConnection(stack);
    // The org is described with the first contact that is written.
    const other = { ...contact, contactNumber: "7790000", communicationMeans: [] };
    await post(`${stack.s360Url}/__control/contacts`, [other]);
    await post(`${stack.s360Url}/__control/run`, {});
    await expect.poll(async () => Boolean(await personType(stack)), within).toBe(true);
    await typedTwice(stack);
    await post(`${stack.s360Url}/__control/contacts`, [contact]);
    await post(`${stack.s360Url}/__control/run`, {});

    const complaints = complaintsOf(page);
    await signIn(page, stack);
    await page.goto("/reviews");
    const title = page.getByRole("button", { name: "Several Salesforce records may be this contact" });
    await expect(title).toBeVisible(within);
    await title.click();
    const candidates = page.getByRole("list", { name: "Salesforce records" }).getByRole("listitem");
    await expect(candidates).toHaveCount(2);
    await expect(candidates.first()).toContainText(email);
    await page.screenshot({ path: "test-results/screens/matching-review-1280.png", fullPage: true });
    await page.setViewportSize({ width: 390, height: 844 });
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await page.screenshot({ path: "test-results/screens/matching-review-390.png", fullPage: true });
    await page.setViewportSize({ width: 1280, height: 844 });

    const id = (await candidates.nth(1).getByRole("heading").innerText()).trim().slice(0, 18);
    await candidates.nth(1).getByRole("button", { name: "It is this one" }).click();
    await page.getByRole("dialog").getByRole("button", { name: "It is this one" }).click();
    const chosen = async () => (await orgRecords(stack, "Account")).find((row) => row["Id"] === id);
    await expect.poll(async () => (await chosen())?.["SyncId__c"], within).toBe(number);
    const same = (await orgRecords(stack, "Account")).filter((row) => row["PersonEmail"] === email);
    expect(same).toHaveLength(2);
    expect(complaints).toEqual([]);
  });

  test("is looked for by rules that an admin picks, orders by keyboard and saves", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    await signIn(page, stack, "/rules");
    const card = page.getByRole("region", { name: "What Salesforce may have already" });
    const individuals = card.getByRole("region", { name: "Individuals" });
    await expect(individuals.getByLabel("Rule 1: the same")).toHaveValue("Email");
    await individuals.getByRole("button", { name: "Add a rule for individuals" }).focus();
    await page.keyboard.press("Enter");
    await page.getByRole("menuitem", { name: "By the phone" }).click();
    await expect(individuals.getByLabel("Rule 2: the same")).toHaveValue("MobilePhone");
    await individuals.getByRole("button", { name: "Move rule 2 up" }).focus();
    await page.keyboard.press("Enter");
    await expect(individuals.getByLabel("Rule 1: the same")).toHaveValue("MobilePhone");
    // The focus went along.
    await expect(individuals.getByRole("button", { name: "Move rule 1 down" })).toBeFocused();

    const structures = card.getByRole("region", { name: "Structures" });
    await structures.getByRole("button", { name: "Add a rule for structures" }).click();
    await page.getByRole("menuitem", { name: "By a VAT or registration number" }).click();
    await expect(structures.getByText("Asleep")).toBeVisible();
    await page.screenshot({ path: "test-results/screens/matching-rules-1280.png", fullPage: true });
    await page.getByRole("button", { name: "Save" }).click();
    const dialog = page.getByRole("dialog", { name: "Save these rules?" });
    await expect(dialog).toContainText("1. MobilePhone, normalised, with the name; 2. Email, exactly");
    await dialog.getByRole("button", { name: "Save" }).click();
    await expect(page.getByText("The rules are saved")).toBeVisible();
    expect(await connector(stack, "export", "myvenue")).toContain("- MobilePhone");
    for (const width of widths) await look(page, "matching-rules", "/rules", width);
    expect(complaints).toEqual([]);
  });
});

/** Contacts that have come and are not written: their stream is paused. */
async function paused(page: Page, value: boolean): Promise<void> {
  const answer = await page.evaluate(async (given) => {
    const { status } = await fetch("/api/connections/myvenue/streams/contacts-in", {
      method: "PATCH",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({ paused: given }),
    });
    return status;
  }, value);
  expect(answer).toBeLessThan(300);
}

const named = (nth: number, first: string) => ({
  ...contact,
  contactNumber: String(7_791_000 + nth),
  individualContact: { title: "MRS", individualFirstName: first, individualLastName: "Trying" },
  communicationMeans: [{ email: `${first.toLowerCase()}.trying@mail.example` }],
});

const account = (type: unknown, { individualContact, communicationMeans }: ReturnType<typeof named>) => ({
  RecordTypeId: type,
  FirstName: individualContact.individualFirstName,
  LastName: individualContact.individualLastName,
  PersonEmail: communicationMeans[0]?.email,
});

test.describe("Matching rules that are not saved", () => {
  // Whatever becomes of this story, the next ones need contacts to be written.
  test.afterEach(({ page }) => paused(page, false));

  test("are tried on the latest contacts, and every number opens its contacts", async ({ page, stack }) => {
    test.setTimeout(120_000);
    const complaints = complaintsOf(page);
    await signIn(page, stack, "/rules");
    await paused(page, true);
    const [ada, bea, cleo] = [named(1, "Ada"), named(2, "Bea"), named(3, "Cleo")];
    const type = await personType(stack);
    const theirs = [account(type, ada), account(type, bea), account(type, bea)];
    await post(`${stack.salesforceUrl}/__control/records`, {
      object: "Account",
      records: [...theirs, { ...account(type, cleo), SyncId__c: "7799999" }],
    });
    const fillers = Array.from({ length: 5 }, (_, nth) => named(10 + nth, `New${"abcde"[nth]}`));
    await post(`${stack.s360Url}/__control/contacts`, [ada, bea, cleo, ...fillers]);
    await post(`${stack.s360Url}/__control/run`, {});
    const arrived = async () =>
      (await query(stack, "select 1 from record where key like '7791%' and s360_state is not null")).length;
    await expect.poll(arrived, within).toBe(8);
    const ownWrites = async () => (await orgRecords(stack, "Account")).length;
    const before = await ownWrites();

    await page.reload();
    const card = page.getByRole("region", { name: "What Salesforce may have already" });
    const individuals = card.getByRole("region", { name: "Individuals", exact: true });
    const calls = individuals.getByText("usually one API call");
    await expect(calls).toBeVisible();
    await individuals.getByRole("button", { name: "Try these rules for individuals" }).click();
    const sentence = individuals.getByText(/^Of the latest/);
    await expect(sentence).toContainText("1 would be adopted by rule 2", within);
    await expect(sentence).toContainText("1 waits for a person");
    await expect(sentence).toContainText("1 would be created and listed as a possible duplicate");
    await expect(sentence).toContainText("5 are new");
    await page.screenshot({ path: "test-results/screens/matching-try-1280.png", fullPage: true });

    const adopted = individuals.getByRole("button", { name: "Contacts that would be adopted: 1" });
    await adopted.focus();
    await page.keyboard.press("Enter");
    const dialog = page.getByRole("dialog", { name: "Contacts that would be adopted" });
    await expect(dialog).toContainText("ada.trying@mail.example");
    await expect(dialog.getByRole("link", { name: "opens in a new window" })).toHaveAttribute(
      "href",
      /\/lightning\/r\/Account\/001/,
    );
    await page.keyboard.press("Escape");
    await expect(dialog).toBeHidden();
    await expect(adopted).toBeFocused();
    await individuals.getByRole("button", { name: "Contacts that wait for a person: 1" }).click();
    const waiting = page.getByRole("dialog", { name: "Contacts that wait for a person" });
    await expect(waiting).toContainText("2 Salesforce records fit by");
    await page.screenshot({ path: "test-results/screens/matching-try-list-1280.png" });
    await page.setViewportSize({ width: 390, height: 844 });
    await page.screenshot({ path: "test-results/screens/matching-try-list-390.png" });
    await page.keyboard.press("Escape");
    const overflow = await page.evaluate(
      () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
    );
    expect(overflow).toBe(0);
    await individuals.screenshot({ path: "test-results/screens/matching-try-390.png" });
    await page.setViewportSize({ width: 1280, height: 844 });

    // What was tried is told as outdated once other rules are on the page; trying takes those, saved or not.
    await individuals.getByRole("button", { name: "Remove rule 2" }).click();
    await expect(individuals.getByText("The rules have changed since. Try them again.")).toBeVisible();
    await individuals.getByRole("button", { name: "Try these rules for individuals" }).click();
    await expect(sentence).toContainText("none would be adopted", within);
    await expect(individuals.getByText("The rules have changed since")).toBeHidden();
    expect(await ownWrites()).toBe(before);

    const relays = card.getByRole("region", { name: "Relays", exact: true });
    await relays.getByRole("button", { name: "Try these rules for relays" }).click();
    const told = /^(Of the latest|No relay has come)/;
    await expect(relays.getByText(told)).toBeVisible(within);
    expect(complaints).toEqual([]);
  });
});
