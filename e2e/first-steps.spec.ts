import { applyConnection } from "@/e2e/support/connector";
import { complaintsOf, look, widths } from "@/e2e/support/screens";
import { signIn } from "@/e2e/support/sign-in";
import { expect, test } from "@/e2e/support/story";

const places = {
  health: "/",
  records: "/records",
  mappings: "/mappings",
  "value-maps": "/value-maps",
  rules: "/rules",
};

// First in the order of files: the other stories make the connection.
test("A new installation says on every page how to make a connection, and shows it once made", async ({
  page,
  stack,
}) => {
  const complaints = complaintsOf(page);
  await signIn(page, stack);
  for (const width of widths) {
    for (const [name, path] of Object.entries(places)) {
      await look(page, `new-${name}`, path, width);
      await expect(page.getByText("npm run connector -- apply myvenue.yaml")).toBeVisible();
    }
  }
  await applyConnection(stack);
  await page.goto("/mappings");
  await expect(page.getByRole("link", { name: "Individual → Account" })).toBeVisible();
  expect(complaints).toEqual([]);
});
