import { applyConnection, orgRecords, push } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import type { Page } from "@playwright/test";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";

const institution = "myvenue";
const address = `/mappings/sale?connection=${institution}`;

const order = (orderId: number, more: object, operations: readonly number[] = [1]) => ({
  orderId,
  orderState: "CLOSED",
  operationDatas: operations.map((nth) => ({
    operationId: orderId * 10 + nth,
    totalAmount: 20000,
    quantity: 1,
  })),
  ...more,
});

test.describe("An admin says what becomes of orders", () => {
  test.beforeAll(({ stack }) => applyConnection(stack));
  test.afterAll(({ stack }) => applyConnection(stack));

  test("refunds count negative, abandoned orders are marked, options are ignored", async ({
    page,
    stack,
  }) => {
    const complaints = complaintsOf(page);
    const sales = async () =>
      Object.fromEntries((await orgRecords(stack, "SecutixSale__c")).map((row) => [row.SyncId__c, row]));
    await push(stack, "orders", [order(7001, { orderType: "SALE" }, [1, 2])]);
    await expect.poll(async () => Object.keys(await sales()), { timeout: 20_000 }).toContain("70012");

    await signIn(page, stack);
    await page.goto(address);
    const card = page.getByRole("region", { name: "What becomes of orders" });
    await expect(card.getByText("Every order is written as S-360 sends it")).toBeVisible();
    await card.getByRole("button", { name: "Add a rule" }).click();
    const add = async (preset: string) => {
      await card.getByRole("button", { name: "Add a rule" }).click();
      await page.getByRole("menuitem", { name: preset }).click();
    };
    await add("Ignore options");
    await add("Refunds with negative amounts");
    // A rule for a state goes before those for types.
    await add("Mark abandoned orders");
    await expect(card.getByText("Choose the field that gets the marks.")).toBeVisible();

    const option = card.getByRole("listitem", { name: "Rule 2", exact: true });
    await option.getByRole("combobox", { name: "Order type" }).fill("RENEWAL, option");
    await page.keyboard.press("Enter");
    await expect(option.getByRole("list", { name: "Order type" })).toHaveText(/OPTION.*RENEWAL/);
    await page.keyboard.press("Backspace");
    await expect(option.getByRole("list", { name: "Order type" })).not.toHaveText(/RENEWAL/);
    await option.getByLabel("What becomes of it").press("Alt+ArrowDown");
    await expect(card.getByRole("status")).toHaveText("Rule 2 is rule 3 now");

    await card.getByText("Total Amount").click();
    await card.getByLabel("Field of the marks").selectOption({ label: "Status (Status__c)" });
    await card.getByLabel("An operation that a later version").selectOption({ label: "Is marked" });
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await card.screenshot({ path: `test-results/screens/sales-rules-${width}.png` });
    }
    await card.getByRole("button", { name: "Done", exact: true }).click();
    await expect(card.getByRole("listitem")).toHaveText([
      /^Orders in state ABANDONNED or ABANDONED: marked “Abandoned” in Status\b/,
      /^Orders of type REFUND_CLIENT or REFUND_ORGANIZATION: written, with negative amounts/,
      /^Orders of type OPTION: ignored/,
    ]);

    await page.getByRole("button", { name: "Publish", exact: true }).click();
    const publishing = page.getByRole("dialog", { name: "Publish this mapping" });
    await publishing.getByLabel("Why").fill("Refunds and options");
    await publishing.getByRole("button", { name: "Save and publish" }).click();
    await expect(page.getByText(/^Version \d+ is published/)).toBeVisible();

    await push(stack, "orders", [
      order(7001, { orderType: "SALE" }, [1]),
      order(7002, { orderType: "REFUND_CLIENT" }),
      order(7003, { orderType: "OPTION" }),
      order(7004, { orderType: "SALE", orderState: "ABANDONNED" }),
    ]);
    await expect.poll(async () => (await sales())["70021"]?.Total_Amount__c, { timeout: 20_000 }).toBe(-20);
    const written = await sales();
    expect([written["70011"]?.Status__c ?? null, written["70012"]?.Status__c]).toEqual([null, "Removed"]);
    expect([written["70031"], written["70041"]]).toEqual([undefined, undefined]);

    await push(stack, "orders", [order(7002, { orderType: "REFUND_CLIENT", orderState: "ABANDONNED" })]);
    await expect.poll(async () => (await sales())["70021"]?.Status__c, { timeout: 20_000 }).toBe("Abandoned");
    await look(page, "sales-rules-mapping", address, widths[0]);
    expect(complaints).toEqual([]);
  });
});

test.describe("An admin says what becomes of sales without a contact", () => {
  test.beforeAll(({ stack }) => applyConnection(stack));
  test.afterAll(({ stack }) => applyConnection(stack));

  const save = async (page: Page) => {
    await page.getByRole("button", { name: "Save" }).click();
    const dialog = page.getByRole("dialog", { name: "Save these rules?" });
    await dialog.getByRole("button", { name: "Save" }).click();
  };

  test("they stand under a placeholder account, which must be in Salesforce", async ({ page, stack }) => {
    await push(stack, "contacts", [
      {
        ...{ contactNumber: "0079001", type: "INDIVIDUAL", role: "PUBLIC" },
        individualContact: { individualFirstName: "Nobody", individualLastName: "Anonymous" },
      },
    ]);
    const account = async () => {
      const accounts = await orgRecords(stack, "Account");
      return accounts.find((row) => row.SyncId__c === "0079001")?.Id;
    };
    await expect.poll(account, { timeout: 20_000 }).toBeTruthy();

    await signIn(page, stack);
    await page.goto(`/rules?connection=${institution}`);
    const card = page.getByRole("region", { name: "Sales without a contact" });
    await card.getByLabel("When the contact of a sale").selectOption("write the sale without its account");
    await card.getByLabel("When an order names no contact").selectOption("placeholder");
    await expect(card.getByText("Name the Account by its Sync ID")).toBeVisible();
    await expect(page.getByRole("button", { name: "Save" })).toBeDisabled();
    const name = card.getByRole("textbox", { name: /Sync ID or Salesforce id/ });
    await name.fill("0079999");
    await save(page);
    await expect(page.getByText("Salesforce has no Account with the Sync ID 0079999").first()).toBeVisible();
    await name.fill(String(await account()));
    await save(page);
    await expect(page.getByRole("heading", { name: "The rules are saved" })).toBeVisible();
    for (const width of widths) {
      await page.setViewportSize({ width, height: 900 });
      await card.scrollIntoViewIfNeeded();
      await page.screenshot({ path: `test-results/screens/sales-without-contact-${width}.png` });
    }

    await push(stack, "orders", [order(7901, { orderType: "SALE" })]);
    const sale = async () => {
      const sales = await orgRecords(stack, "SecutixSale__c");
      return sales.find((row) => row.SyncId__c === "79011")?.Account__c;
    };
    await expect.poll(sale, { timeout: 20_000 }).toBe(await account());
    await page.goto(`/records?connection=${institution}&q=79011`);
    await page.getByRole("link", { name: /79011/ }).first().click();
    await expect(page.getByText("stands under the placeholder account")).toBeVisible();
    await page.screenshot({ path: "test-results/screens/sale-without-contact-record.png" });
  });
});
