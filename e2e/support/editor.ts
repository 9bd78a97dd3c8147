import type { Page } from "@playwright/test";
import { signIn } from "./sign-in";
import type { Stack } from "./stack";

/** Signs in and opens a mapping. The first preview is asked for once the page listens to clicks and keys. */
export async function openEditor(page: Page, stack: Stack, mapping: string): Promise<void> {
  const listening = page.waitForResponse((response) => response.url().endsWith("/preview"));
  await signIn(page, stack, `/mappings/${mapping}`);
  await listening;
}

/** What is rarely done with a draft stands in a menu of the bar. */
export async function chooseMore(page: Page, name: string | RegExp): Promise<void> {
  await page.getByRole("region", { name: "Draft" }).getByRole("button", { name: "More" }).click();
  await page.getByRole("menuitem", { name }).click();
}
