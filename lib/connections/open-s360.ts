/** Opening S-360's contact service for a connection: how edits of Salesforce go back. */
import type { ContactSide, OrderReader, S360Reader } from "@/lib/core/contact-side";
import { FaultError } from "@/lib/core/faults";
import type { Database } from "@/lib/platform/db";
import { backOff, countCall } from "@/lib/platform/gate";
import { describeError, type Logger } from "@/lib/platform/log";
import { outbound } from "@/lib/platform/outbound/outbound";
import { contactAssumptionsSchema, type ContactAssumptions } from "@/lib/s360/assumptions";
import { openContactSide } from "@/lib/s360/contact-side";
import type { KeyRing } from "./cipher";
import { contactsBackUntouched, missingForContactsBack } from "./contacts-back";
import { CredentialError, credentialReferences, readCredential } from "./credentials";
import type { Connection } from "./load";
import { openedSides } from "./opened";
import { withBackOff } from "./s360-back-off";
import { rememberedClock } from "./s360-clock";
import { passS360Gate, passS360GateForTwo, s360Pace } from "./s360-gate";

type OpenSide = ContactSide & OrderReader;

const opened = openedSides<OpenSide>();

/**
 * The S-360 side of a connection: one per institution and process, opened again when its settings or its secret changed,
 * so a secret that was applied anew is used with the next batch. Null when sending back is off or was never set up.
 * Opening costs no call to S-360.
 * @throws FaultError (set_up) when it is set up by half, or the secret cannot be read
 */
export async function openContacts(
  db: Database,
  connection: Connection,
  keys: KeyRing,
  log: Logger,
): Promise<ContactSide | null> {
  return connection.settings.contactsOut.enabled ? openSetUp(db, connection, keys, log) : null;
}

/**
 * The same for asking S-360 only, also where sending back is off; null where operator, partner or secret is not known.
 * @throws FaultError (set_up) when the secret cannot be read
 */
export async function openContactsToRead(
  db: Database,
  connection: Connection,
  keys: KeyRing,
  log: Logger,
): Promise<S360Reader | null> {
  const stored = await credentialReferences(db, connection.id);
  if (missingForContactsBack(connection.settings, stored).length > 0) return null;
  return openSetUp(db, connection, keys, log);
}

async function openSetUp(
  db: Database,
  connection: Connection,
  keys: KeyRing,
  log: Logger,
): Promise<OpenSide | null> {
  const { id, settings } = connection;
  const stored = await credentialReferences(db, id);
  if (contactsBackUntouched(settings, stored)) return null;
  const missing = missingForContactsBack(settings, stored);
  if (missing.length > 0) throw setUp(missingSentence(connection, missing));
  const secret = await readSecret(db, connection, keys);
  const assumptions = readAssumptions(connection);
  return opened(db, id, [settings.s360, secret], () =>
    openSide(db, connection, log, { secret, assumptions }),
  );
}

/**
 * For what comes from S-360 while sending back is set up by half: it knows what contacts are, so that edits of people are
 * still kept and contacts under way to S-360 recognised, and every call is the fault.
 */
export function contactsWithoutCalls({ institution, settings }: Connection, fault: FaultError): ContactSide {
  const { baseUrl, authentication, sections } = settings.s360;
  const refuse = () => Promise.reject(fault);
  const named = { operator: "", partner: "", secret: "" };
  const asked = { takeToken: refuse, clockSkewMs: () => 0 };
  const assumptions = contactAssumptionsSchema.safeParse(settings.s360.assumptions).data;
  const side = openContactSide({
    ...{ baseUrl, institution, authentication, sections, assumptions },
    ...named,
    ...asked,
  });
  return { ...side, read: refuse, save: refuse, search: refuse };
}

interface Given {
  readonly secret: string;
  readonly assumptions: ContactAssumptions;
}

async function openSide(
  db: Database,
  { id, institution, settings }: Connection,
  log: Logger,
  given: Given,
): Promise<OpenSide> {
  const { baseUrl, operator = "", partner = "", authentication, sections } = settings.s360;
  const pace = s360Pace(settings);
  const clock = await rememberedClock(db, id, log);
  let pauses = 0;
  const side = openContactSide({
    ...given,
    baseUrl,
    institution,
    operator,
    partner,
    authentication,
    sections,
    takeToken: () => passS360Gate(db, id, pace),
    takePair: async () => {
      const begun = pauses;
      const held = await passS360GateForTwo(db, id, pace);
      // What was paid for before S-360 asked to slow down is not used after it.
      return held && { use: async () => begun === pauses && held.use() };
    },
    onCall: () => void count(db, id, log),
    clockSkewMs: clock.skewMs,
    onClock: clock.seen,
    outbound: outbound(),
  });
  return withBackOff(side, (ms) => {
    pauses++;
    return slowDown(db, id, ms, log);
  });
}

async function readSecret(db: Database, connection: Connection, keys: KeyRing): Promise<string> {
  try {
    const secret = await readCredential(db, keys, connection.id, "s360.secret");
    if (secret !== null) return secret;
  } catch (error) {
    if (!(error instanceof CredentialError)) throw error;
    throw setUp(error.message, error);
  }
  // Taken away since it was seen.
  throw setUp(missingSentence(connection, ["s360.secret"]));
}

function readAssumptions({ institution, settings }: Connection): ContactAssumptions {
  const parsed = contactAssumptionsSchema.safeParse(settings.s360.assumptions);
  if (parsed.success) return parsed.data;
  const places = parsed.error.issues.map(({ path }) => `s360.${["assumptions", ...path].join(".")}`);
  throw setUp(
    `The connection ${institution} has assumptions that this version does not know (${places.join(", ")}). Correct them in the connection's file and apply it again.`,
  );
}

function missingSentence({ institution }: Connection, missing: readonly string[]): string {
  return `The connection ${institution} has no ${missing.join(" and no ")}, so nothing can go back to S-360. Add it to the connection's file and apply the file again, or set contactsOut.enabled to false there.`;
}

function setUp(sentence: string, cause?: unknown): FaultError {
  return new FaultError({ code: "set_up", sentence }, { cause });
}

/** The pause is worth a try: should the gate not be closed, the next refusal closes it. */
async function slowDown(db: Database, connectionId: number, ms: number, log: Logger): Promise<void> {
  log.warn({ connectionId, pauseMs: ms }, "S-360 refuses calls above its limit");
  try {
    await backOff(db, connectionId, "s360", ms);
  } catch (error) {
    log.warn({ connectionId, err: describeError(error) }, "the gate to S-360 was not closed");
  }
}

/** A call that went out is counted even when the count fails: the count never fails the call. */
async function count(db: Database, connectionId: number, log: Logger): Promise<void> {
  try {
    await countCall(db, connectionId, "s360");
  } catch (error) {
    log.warn({ connectionId, err: describeError(error) }, "a call to S-360 was not counted");
  }
}
