import { readFileSync } from "node:fs";
import { applyConnection, push, query } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

/** After myvenue in the order of names: the app opens with the first. */
const quiet = "quietvenue";

function payload(name: string): object[] {
  return JSON.parse(readFileSync(`e2e/payloads/${name}.json`, "utf8")) as object[];
}

async function idOf(stack: Stack, key: string): Promise<number> {
  const rows = await query(stack, "select id from record where family = 'contact' and key = $1", [key]);
  return Number(rows[0]?.id);
}

test.describe("The pages", () => {
  test.beforeAll(async ({ stack }) => {
    await applyConnection(stack);
    await applyConnection(stack, quiet, "http://127.0.0.1:9");
    await push(stack, "contacts", payload("contacts-50"));
    await push(stack, "orders", payload("orders-20"));
    const nameless = { contactNumber: "9000001", type: "INDIVIDUAL", role: "PUBLIC", individualContact: {} };
    await push(stack, "contacts", [nameless, null]);
    const due = "select count(*)::int as due from record_direction where state in ('pending', 'retrying')";
    await expect.poll(async () => (await query(stack, due))[0]?.due, { timeout: 20_000 }).toBe(0);
  });

  test("fit wide and narrow screens with data, without a complaint", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    await signIn(page, stack);
    const paths = {
      health: "/",
      records: "/records",
      "records-failed": "/records?state=failed",
      record: `/records/${await idOf(stack, "0012030")}`,
      "record-failed": `/records/${await idOf(stack, "9000001")}`,
      mappings: "/mappings",
      mapping: "/mappings/individual",
      "mapping-sale": "/mappings/sale",
    };
    for (const width of widths) {
      for (const [name, path] of Object.entries(paths)) await look(page, name, path, width);
    }
    expect(complaints).toEqual([]);
  });

  test("fit when nothing has come yet and Salesforce was never reached", async ({ page, stack }) => {
    const complaints = complaintsOf(page);
    await signIn(page, stack);
    const paths = {
      health: `/?connection=${quiet}`,
      records: `/records?connection=${quiet}`,
      mappings: `/mappings?connection=${quiet}`,
      mapping: `/mappings/relay?connection=${quiet}`,
    };
    for (const width of widths) {
      for (const [name, path] of Object.entries(paths)) await look(page, `empty-${name}`, path, width);
    }
    await expect(page.getByText("Salesforce has not been asked for its fields yet").first()).toBeVisible();
    await page.getByRole("button", { name: "Ask Salesforce now" }).click();
    await expect(page.getByText("Salesforce could not be asked")).toBeVisible({ timeout: 20_000 });
    await page.screenshot({ path: "test-results/screens/error-mapping-390.png", fullPage: true });
    expect(complaints.filter((complaint) => !complaint.includes("502"))).toEqual([]);
  });

  test("that do not exist say so", async ({ page, stack }) => {
    await signIn(page, stack);
    for (const path of ["/nowhere", "/mappings/nowhere", "/records/999999999"]) {
      const response = await page.goto(path);
      expect([path, response?.status()]).toEqual([path, 404]);
      await expect(page.getByRole("heading", { level: 1 })).toHaveCount(1);
    }
  });
});

test.describe("Without a sign-in", () => {
  test("every page leads to the sign-in and from there back", async ({ page, stack }) => {
    for (const path of ["/", "/records?state=failed", "/mappings", "/mappings/individual"]) {
      await page.context().clearCookies();
      await page.goto(path);
      await expect(page).toHaveURL(/\/sign-in/);
      await look(page, "sign-in", page.url(), 390);
      await signIn(page, stack, path);
    }
  });

  test("the API answers nothing", async ({ request }) => {
    for (const path of ["/api/mappings?connection=myvenue", "/api/mappings/1", "/api/mappings/1/samples"]) {
      const response = await request.get(path);
      expect([path, response.status()]).toEqual([path, 401]);
    }
    const written = await request.put("/api/mappings/1/draft", { data: {} });
    expect(written.status()).toBe(401);
  });

  test("a wrong password is refused in words", async ({ page, stack }) => {
    await page.goto("/sign-in");
    await page.getByLabel("E-mail").fill(stack.adminEmail);
    await page.getByLabel("Password").fill("not the password");
    await page.getByRole("button", { name: "Sign in" }).click();
    await expect(page.getByText("The e-mail or the password is wrong.")).toBeVisible();
  });
});
