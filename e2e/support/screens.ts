import { expect, type Page } from "@playwright/test";

/** The widths every page must work at, in pixels. */
export const widths = [1280, 390] as const;

/** What the browser complained about while `page` was used. */
export function complaintsOf(page: Page): string[] {
  const complaints: string[] = [];
  page.on("console", (message) => {
    if (message.type() === "error") complaints.push(`${page.url()}: ${message.text()}`);
  });
  page.on("pageerror", (error) => complaints.push(`${page.url()}: ${error.message}`));
  return complaints;
}

/** Opens a page at a width, checks what holds for all pages and keeps a picture in test-results/screens. */
export async function look(page: Page, name: string, path: string, width: number): Promise<void> {
  await page.setViewportSize({ width, height: 844 });
  await page.goto(path);
  await expect(page.getByRole("heading", { level: 1 }), `${path} has one h1`).toHaveCount(1);
  await expect(page.locator(".ui-skeleton, .ui-spinner, [aria-busy=true]"), `${path} is loaded`).toHaveCount(
    0,
  );
  await expect(page.getByRole("navigation", { name: "Main" }).or(page.getByLabel("Password"))).toBeVisible();
  const overflow = await page.evaluate(
    () => document.documentElement.scrollWidth - document.documentElement.clientWidth,
  );
  expect(overflow, `pixels that ${path} is wider than the screen of ${width}`).toBe(0);
  await page.screenshot({ path: `test-results/screens/${name}-${width}.png`, fullPage: true });
}
