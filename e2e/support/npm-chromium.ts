import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { join, resolve } from "node:path";
import type { Browser, Environment } from "./browser";

const FOLDER = resolve(".build/chromium");

/**
 * The Chromium inside the npm package @sparticuz/chromium (Linux on x64 only), unpacked once into `.build`, with the
 * libraries and fonts it brings along. Null where the package is not installed or made for another machine.
 */
export function npmChromium(environment: Environment): Browser | null {
  if (process.platform !== "linux" || process.arch !== "x64" || !isInstalled()) return null;
  if (!existsSync(FOLDER)) unpack(environment);
  return {
    executablePath: join(FOLDER, "chromium"),
    env: {
      ...environment,
      LD_LIBRARY_PATH: join(FOLDER, "al2023/lib"),
      FONTCONFIG_FILE: join(FOLDER, "fonts.conf"),
    },
  };
}

function isInstalled(): boolean {
  try {
    createRequire(import.meta.url).resolve("@sparticuz/chromium");
    return true;
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") return false;
    throw error;
  }
}

/**
 * In a process of its own, because the package unpacks into the temporary folder of the process, where on a shared
 * machine somebody else's file would be taken for its own. It adds the libraries a bare system lacks (NSS) only when it
 * believes it runs in AWS Lambda.
 */
function unpack(environment: Environment): void {
  const draft = `${FOLDER}.${process.pid}`;
  mkdirSync(draft, { recursive: true });
  const script =
    'const { default: chromium } = await import("@sparticuz/chromium"); await chromium.executablePath();';
  const env: NodeJS.ProcessEnv = {
    ...environment,
    NODE_ENV: "production",
    TMPDIR: draft,
    AWS_EXECUTION_ENV: "AWS_Lambda_nodejs20.x",
  };
  const run = spawnSync(process.execPath, ["--input-type=module", "-e", script], {
    env,
    encoding: "utf8",
  });
  if (run.status !== 0) {
    rmSync(draft, { recursive: true, force: true });
    throw new Error(
      `The Chromium of @sparticuz/chromium could not be unpacked into ${FOLDER}: ${run.stderr}`,
    );
  }
  writeFileSync(join(draft, "fonts.conf"), fontConfiguration());
  if (existsSync(FOLDER)) rmSync(draft, { recursive: true });
  else renameSync(draft, FOLDER);
}

function fontConfiguration(): string {
  return `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${join(FOLDER, "fonts")}</dir>
  <dir>/usr/share/fonts</dir>
  <cachedir>${join(FOLDER, "fonts-cache")}</cachedir>
</fontconfig>
`;
}
