/** A connection to a simulated S-360 as its file would make it, with nothing at the side of Salesforce. */
import { randomBytes } from "node:crypto";
import { applyConfig } from "@/lib/connections/apply";
import { keyRing } from "@/lib/connections/cipher";
import { parseConnectionFile } from "@/lib/connections/config-file";
import { loadConnection } from "@/lib/connections/load";
import type { Database } from "@/lib/platform/db";

export const keys = keyRing(randomBytes(32));

/** What S-360 has to be asked with. */
export const signingIn = "operator: MYVENUE_CRM, partner: CRM, secret: env:SECRET";

/** Returns the connection's id. `s360Settings`: members of `s360` beside its address. */
export async function connectVenue(
  db: Database,
  baseUrl: string,
  s360Settings: string = signingIn,
): Promise<number> {
  const file = parseConnectionFile(`
institution: myvenue
timeZone: Europe/Zurich
s360: { baseUrl: "${baseUrl}", ${s360Settings} }
webhooks: { contacts: none, orders: none }
salesforce: { loginUrl: "http://127.0.0.1:2", flow: client-credentials, clientId: id, clientSecret: env:SECRET }
individualsAs: person-account
contactsOut: { enabled: false }
`);
  await applyConfig(db, keys, file, { SECRET: "demo-s360-secret" });
  const connection = await loadConnection(db, "myvenue");
  if (!connection) throw new Error("the connection was not stored");
  return connection.id;
}
