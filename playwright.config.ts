import { defineConfig } from "@playwright/test";
import { findBrowser } from "./e2e/support/browser";

const { executablePath, env } = findBrowser();

export default defineConfig({
  testDir: "e2e",
  testMatch: "**/*.spec.ts",
  globalSetup: "./e2e/support/global-setup.ts",
  outputDir: "test-results",
  // The stories share one app and one venue.
  workers: 1,
  timeout: 60_000,
  reporter: [["list"]],
  use: {
    launchOptions: { executablePath, env: env as Record<string, string> | undefined },
    trace: "retain-on-failure",
    screenshot: "only-on-failure",
    video: "off",
  },
});
