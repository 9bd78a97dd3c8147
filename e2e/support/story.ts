import { test as base } from "@playwright/test";
import type { Stack } from "./stack";

export { expect } from "@playwright/test";

/** A Playwright test against the stack of this run: pages open relative to the app, `stack` has the other addresses. */
export const test = base.extend<object, { stack: Stack }>({
  stack: [
    // Playwright reads from the first argument which fixtures are needed.
    async ({}, use) => use(JSON.parse(process.env.STORY_STACK ?? "null") as Stack),
    { scope: "worker" },
  ],
  baseURL: async ({ stack }, use) => use(stack.url),
});
