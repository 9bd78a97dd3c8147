import { applyConfig } from "@/lib/connections/apply";
import { keyRing } from "@/lib/connections/cipher";
import { parseConnectionFile } from "@/lib/connections/config-file";
import { exportConnection } from "@/lib/connections/export";
import { loadConnection } from "@/lib/connections/load";
import type { Config } from "@/lib/platform/config";
import { openDatabase } from "@/lib/platform/db";
import { databaseUrl } from "@/lib/platform/postgres/find";
import { openSecrets } from "@/lib/platform/secrets-file";

const institution = "myvenue";

/** What the simulated org and the simulated venue accept by default (their README.md). */
const secrets = { SALESFORCE_CLIENT_SECRET: "demo-secret", S360_SECRET: "demo-s360-secret" };

/**
 * Called at every start of the demo, when the database is migrated and the simulated Salesforce org answers on
 * `config.salesforceSimulatorPort`; the simulated venue is started after it. Makes the demo's connection at the first
 * start; later only its addresses follow the ports, and what an admin changed stays.
 */
export async function prepareDemo(config: Config): Promise<void> {
  const { db, close } = openDatabase(databaseUrl(config), { name: "s360-start", max: 2 });
  try {
    const keys = keyRing(openSecrets(config).encryptionKey);
    const known = await loadConnection(db, institution);
    const loginUrl = `http://127.0.0.1:${config.salesforceSimulatorPort}`;
    const baseUrl = `http://127.0.0.1:${config.s360SimulatorPort}`;
    if (known?.settings.salesforce.loginUrl === loginUrl && known.settings.s360.baseUrl === baseUrl) return;
    const file = parseConnectionFile(
      (await exportConnection(db, institution)) ?? demoFile(loginUrl, baseUrl),
    );
    const moved = { ...file, s360: { ...file.s360, baseUrl }, salesforce: { ...file.salesforce, loginUrl } };
    await applyConfig(db, keys, moved, secrets, { actor: "demo" });
  } finally {
    await close();
  }
}

function demoFile(loginUrl: string, baseUrl: string): string {
  return `
institution: ${institution}
name: My venue (demo)
timeZone: Europe/Zurich
s360:
  baseUrl: ${baseUrl}
  operator: MYVENUE_CRM
  partner: CRM
  secret: env:S360_SECRET
webhooks:
  contacts: none
  orders: none
salesforce:
  loginUrl: ${loginUrl}
  flow: client-credentials
  clientId: demo-client
  clientSecret: env:SALESFORCE_CLIENT_SECRET
  callsPerMinute: 1200
individualsAs: person-account
contactsOut:
  pollSeconds: 60
`;
}
