import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { delimiter, join } from "node:path";
import { chromium } from "@playwright/test";
import { npmChromium } from "./npm-chromium";

export type Environment = Readonly<Record<string, string | undefined>>;

/** What Playwright needs to launch it. */
export type Browser = { executablePath: string; env?: Environment };

const SYSTEM_NAMES = ["chromium", "chromium-browser", "google-chrome", "google-chrome-stable"];
const MAC_PATHS = ["Google Chrome", "Chromium"].map(
  (name) => `/Applications/${name}.app/Contents/MacOS/${name}`,
);

/**
 * The browser for the stories, the first of: PLAYWRIGHT_CHROMIUM_PATH, the one Playwright downloaded, one of the system,
 * the one that npm installed with us.
 * @throws Error naming the commands that install one
 */
export function findBrowser(environment: Environment = process.env): Browser {
  const chosen = environment.PLAYWRIGHT_CHROMIUM_PATH;
  if (chosen) {
    if (existsSync(chosen)) return { executablePath: chosen };
    throw new Error(`PLAYWRIGHT_CHROMIUM_PATH is ${chosen}, and there is no such file.`);
  }
  const downloaded = chromium.executablePath();
  if (existsSync(downloaded)) return { executablePath: downloaded };
  const system = systemChromium(environment.PATH ?? "");
  if (system) return { executablePath: system };
  const shipped = npmChromium(environment);
  if (shipped) return shipped;
  throw new Error(
    "No browser was found for the stories. Install one with: npx playwright install chromium\n" +
      "or with your system, on Debian: sudo apt-get install chromium\n" +
      "or name one: PLAYWRIGHT_CHROMIUM_PATH=/path/to/chromium npm test",
  );
}

/** A file alone proves nothing: on some systems `chromium-browser` is a script that asks to install something else. */
function systemChromium(path: string): string | undefined {
  const candidates = path
    .split(delimiter)
    .flatMap((folder) => SYSTEM_NAMES.map((name) => join(folder, name)));
  return [...candidates, ...MAC_PATHS].find((file) => existsSync(file) && answers(file));
}

function answers(file: string): boolean {
  return spawnSync(file, ["--version"], { stdio: "ignore", timeout: 10_000 }).status === 0;
}
