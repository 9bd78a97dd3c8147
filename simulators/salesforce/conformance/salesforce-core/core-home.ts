import { generateKeyPairSync } from "node:crypto";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, vi } from "vitest";
import type { TestOrg } from "../../test-org";

type Core = typeof import("@salesforce/core");

/**
 * A home folder of its own for `@salesforce/core`, which keeps its logins below it; no log file, telemetry or system
 * keychain. The library is loaded only then, because it reads its environment while it is loaded.
 */
export function useCore(): { readonly core: Core; readonly folder: string } {
  const folder = mkdtempSync(join(tmpdir(), "salesforce-core-"));
  let core: Core | undefined;
  beforeAll(async () => {
    const environment = {
      HOME: folder,
      USERPROFILE: folder,
      SF_DISABLE_LOG_FILE: "true",
      SF_DISABLE_TELEMETRY: "true",
      SF_AUTOUPDATE_DISABLE: "true",
      SF_USE_GENERIC_UNIX_KEYCHAIN: "true",
    };
    for (const [name, value] of Object.entries(environment)) vi.stubEnv(name, value);
    core = await import("@salesforce/core");
  });
  afterAll(() => {
    vi.unstubAllEnvs();
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    folder,
    get core() {
      if (!core) throw new Error("The library is loaded in beforeAll.");
      return core;
    },
  };
}

/** Makes a key, gives the org its public part as a client of `username`, and writes the private part to a file. */
export async function registerJwtClient(
  org: TestOrg,
  { clientId, username, folder }: { clientId: string; username: string; folder: string },
): Promise<{ clientId: string; privateKeyFile: string; loginUrl: string }> {
  const { publicKey, privateKey } = generateKeyPairSync("rsa", { modulusLength: 2048 });
  const privateKeyFile = join(folder, `${clientId}.key`);
  writeFileSync(privateKeyFile, privateKey.export({ type: "pkcs8", format: "pem" }));
  const publicKeyPem = publicKey.export({ type: "spki", format: "pem" }).toString();
  await org.control("POST", "/clients", { clientId, publicKeyPem, username });
  return { clientId, privateKeyFile, loginUrl: org.url };
}
