/** What did not go through by itself, and what an admin does about it. */
import { applyConnection, orgRecords, query } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";
import type { Stack } from "@/e2e/support/stack";

const within = { timeout: 30_000 };

const person = (contactNumber: string, individualLastName: string) => ({
  contactNumber,
  type: "INDIVIDUAL",
  role: "PUBLIC",
  individualContact: { title: "MRS", individualFirstName: "Edna", individualLastName },
});

async function call(method: "POST" | "DELETE", url: string, body?: unknown): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  const response = await fetch(url, { method, headers, ...(body ? { body: JSON.stringify(body) } : {}) });
  const text = await response.text();
  if (!response.ok) throw new Error(`${url} answered ${response.status}: ${text}`);
  return text === "" ? null : JSON.parse(text);
}

async function sends(stack: Stack, ...contacts: readonly object[]): Promise<void> {
  await call("POST", `${stack.s360Url}/__control/contacts`, contacts);
  await call("POST", `${stack.s360Url}/__control/run`, {});
}

const account = async (stack: Stack, wanted: Record<string, unknown>) =>
  (await orgRecords(stack, "Account")).find((row) =>
    Object.entries(wanted).every(([field, value]) => row[field] === value),
  );

test("a contact that a duplicate rule blocks becomes the record that it named", async ({ page, stack }) => {
  test.setTimeout(120_000);
  await applyConnection(stack);
  // Salesforce has one of them without a number.
  await sends(stack, person("7791001", "Twicemet"));
  await expect.poll(() => account(stack, { SyncId__c: "7791001" }), within).toBeTruthy();
  const { RecordTypeId } = (await account(stack, { SyncId__c: "7791001" })) ?? {};
  const typed = { RecordTypeId, FirstName: "Edna", LastName: "Known-Twice" };
  await call("POST", `${stack.salesforceUrl}/__control/records`, { object: "Account", records: [typed] });
  const id = (await account(stack, { LastName: "Known-Twice" }))?.["Id"];
  const rules = `${stack.salesforceUrl}/__control/duplicate-rules`;
  const match = [{ field: "LastName" }];
  await call("POST", rules, {
    ...{ object: "Account", name: "People_by_name", message: "You may know them.", match },
    onCreate: "block",
  });
  try {
    await sends(stack, person("7791002", "Known-Twice"));
    const complaints = complaintsOf(page);
    await signIn(page, stack);
    await page.goto("/reviews");
    const title = page.getByRole("button", { name: "A duplicate rule in Salesforce stopped it" });
    await expect(title).toBeVisible(within);
    await title.click();
    const known = page.getByRole("list", { name: "Salesforce records" }).getByRole("listitem");
    await expect(known).toContainText("Edna Known-Twice");
    for (const width of widths) {
      await page.setViewportSize({ width, height: 844 });
      const overflow = await page.evaluate(
        () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
      );
      expect(overflow).toBe(0);
      await page.screenshot({ path: `test-results/screens/duplicate-rule-${width}.png`, fullPage: true });
    }
    await page.setViewportSize({ width: 1280, height: 844 });
    await known.getByRole("button", { name: "It is this one" }).click();
    const dialog = page.getByRole("dialog", { name: `It is this one: ${String(id)}?` });
    await dialog.getByRole("button", { name: "It is this one" }).click();
    await expect.poll(async () => (await account(stack, { Id: id }))?.["SyncId__c"], within).toBe("7791002");
    expect(complaints).toEqual([]);
  } finally {
    await call("DELETE", rules);
  }
});

test("calls that the connector could not take in are read again", async ({ page, stack }) => {
  await applyConnection(stack);
  const setAside = async (...contacts: readonly object[]) =>
    query(
      stack,
      `insert into event (connection_id, stream, payload_id, position, raw, outcome, fault)
       select c.id, 'contacts-in', p.id, i.nth - 1, i.raw::text, 'failed', $2
       from connection c, (select gen_random_uuid() as id) p, jsonb_array_elements($1::jsonb) with ordinality i (raw, nth)
       where c.institution = 'myvenue'`,
      [
        JSON.stringify(contacts),
        JSON.stringify({
          code: "internal",
          sentence:
            "The connector met a mistake of its own (TypeError). After several tries it was kept as it came, and nothing of it is in Salesforce. Tell IT; once the connector is mended, have it read again under Records, Items without a record.",
        }),
      ],
    );
  await setAside(person("7791011", "Again"), person("7791012", "Again"));
  await setAside(person("7791013", "Again"));
  await setAside(person("7791014", "Again"));

  const complaints = complaintsOf(page);
  await signIn(page, stack);
  const path = "/records?tab=items&outcome=set-aside";
  for (const width of widths) await look(page, "set-aside", path, width);
  await page.setViewportSize({ width: 1280, height: 844 });
  const rows = page.getByRole("table", { name: "Items without a record" }).getByRole("row");
  await expect(rows).toHaveCount(5);
  await rows.filter({ hasText: "7791012" }).getByRole("button", { name: /again/ }).click();
  await expect(page.getByText("1 call will be read again")).toBeVisible();
  await expect(rows).toHaveCount(3);
  await expect.poll(() => account(stack, { SyncId__c: "7791011" }), within).toBeTruthy();
  await expect.poll(() => account(stack, { SyncId__c: "7791012" }), within).toBeTruthy();

  await page.getByRole("button", { name: "Read all again" }).click();
  const dialog = page.getByRole("dialog", { name: "Read all calls again that were set aside?" });
  await dialog.getByRole("button", { name: "Read all again" }).click();
  await expect(page.getByText("2 calls will be read again")).toBeVisible();
  await expect(page.getByRole("button", { name: /again/i })).toHaveCount(0);
  await expect.poll(() => account(stack, { SyncId__c: "7791014" }), within).toBeTruthy();
  expect(complaints).toEqual([]);
});
