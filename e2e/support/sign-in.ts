import { expect, type Page } from "@playwright/test";
import type { Stack } from "./stack";

/** Opens a page of the app as the admin, through the sign-in page. */
export async function signIn(page: Page, stack: Stack, path = "/"): Promise<void> {
  await page.goto(path);
  await page.getByLabel("E-mail").fill(stack.adminEmail);
  await page.getByLabel("Password").fill(stack.adminPassword);
  await page.getByRole("button", { name: "Sign in" }).click();
  await expect(page).toHaveURL(new URL(path, stack.url).href);
}
