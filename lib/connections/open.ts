/** Opening the Salesforce side of a connection: this room alone knows the adapters and hands them secrets. */
import type { LoadingSide } from "@/lib/core/bulk";
import { FaultError } from "@/lib/core/faults";
import type { Database } from "@/lib/platform/db";
import { noteCall, spendingLane } from "@/lib/budget/spending";
import { countCall, takeToken } from "@/lib/platform/gate";
import { describeError, type Logger } from "@/lib/platform/log";
import { outbound } from "@/lib/platform/outbound/outbound";
import type { OutwardCall, SignIn } from "@/lib/salesforce/config";
import { openSalesforceSide } from "@/lib/salesforce/side";
import type { KeyRing } from "./cipher";
import { CredentialError, readCredential, type CredentialName } from "./credentials";
import type { Connection } from "./load";
import { openedSides } from "./opened";
import { orgCache } from "./org-cache";

const opened = openedSides<LoadingSide>();

/**
 * The Salesforce side of a connection: one per org and process, opened again when its settings or credentials changed.
 * Opening costs no call to the org.
 * @throws FaultError (set_up) when a credential is missing or cannot be read
 */
export async function openSalesforce(
  db: Database,
  connection: Connection,
  keys: KeyRing,
  log: Logger,
): Promise<LoadingSide> {
  const { id, settings } = connection;
  const signIn = await readSignIn(db, connection, keys);
  const { loginUrl, apiVersion, callsPerMinute, duplicateAlerts } = settings.salesforce;
  return opened(db, id, [settings.salesforce, signIn], () =>
    Promise.resolve(
      openSalesforceSide({
        loginUrl,
        apiVersion,
        signIn,
        duplicateAlerts,
        takeToken: () => takeToken(db, id, "salesforce", { perMinute: callsPerMinute }),
        onCall: (call) => void count(db, id, call, log),
        cache: orgCache(db, id),
        outbound: outbound(),
      }),
    ),
  );
}

async function readSignIn(db: Database, connection: Connection, keys: KeyRing): Promise<SignIn> {
  const { flow, clientId, username } = connection.settings.salesforce;
  const read = (name: CredentialName) => readOrFault(db, connection, keys, name);
  if (flow === "client-credentials") {
    return { flow, clientId, clientSecret: await read("salesforce.clientSecret") };
  }
  if (username === undefined) throw missing(connection, "salesforce.username");
  return { flow, clientId, username, privateKey: await read("salesforce.privateKey") };
}

async function readOrFault(
  db: Database,
  connection: Connection,
  keys: KeyRing,
  name: CredentialName,
): Promise<string> {
  try {
    const value = await readCredential(db, keys, connection.id, name);
    if (value !== null) return value;
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    throw new FaultError({ code: "set_up", sentence: error.message }, { cause: error });
  }
  throw missing(connection, name);
}

function missing({ institution }: Connection, name: CredentialName): FaultError {
  const sentence = `The connection ${institution} has no ${name}. Add it to the connection's file and apply the file again.`;
  return new FaultError({ code: "set_up", sentence });
}

/** A call that went out is counted even when the count fails: the count never fails the call. */
async function count(db: Database, connectionId: number, call: OutwardCall, log: Logger): Promise<void> {
  const { system, orgUsed, orgLimit } = call;
  const org = orgUsed !== null && orgLimit !== null ? { used: orgUsed, limit: orgLimit } : undefined;
  const lane = spendingLane();
  noteCall(db, connectionId, lane, org);
  try {
    await countCall(db, connectionId, system, { org, lane });
  } catch (error) {
    log.warn({ connectionId, err: describeError(error) }, "a call to Salesforce was not counted");
  }
}
