import { setTimeout as sleep } from "node:timers/promises";
import { drizzle, type NodePgDatabase } from "drizzle-orm/node-postgres";
import { Client, Pool, type ClientBase, type ClientConfig } from "pg";
import * as schema from "@/drizzle/schema";
import { TooLateError } from "./shared-time";

export type Database = NodePgDatabase<typeof schema>;
/** A database or a transaction of it: queries take either. */
export type Queryable = Pick<Database, "select" | "insert" | "update" | "delete" | "execute" | "query">;

/** A transaction that may be parted by savepoints. */
export type Transaction = Parameters<Parameters<Database["transaction"]>[0]>[0];

export interface OpenDatabase {
  readonly db: Database;
  readonly pool: Pool;
  close(): Promise<void>;
}

/**
 * A machine that dies inside a transaction leaves it open until TCP notices, hours later: the database ends it, and gives its
 * locks free, when nothing was heard for so long. Behind a pooler it may miss a connection that others opened.
 */
const silentInTransactionMs = 60_000;

const openWithinMs = 5_000;
/** Of a connection that a firewall forgot both ends hear nothing: asked for this often it is kept, or known as dead soon. */
export const keepAliveAfterMs = 30_000;

/** A connection is opened soon or not at all, however long a query may wait for its turn. */
class SoonOpened extends Client {
  constructor(config?: ClientConfig) {
    super({ ...config, connectionTimeoutMillis: openWithinMs });
  }
}

/**
 * Opens a pool. A connection that breaks while idle is dropped silently by design: the next query opens another, and
 * a query that cannot be served rejects.
 */
export function openDatabase(
  url: string,
  options: {
    name: string;
    /** Connections at most; ten when nothing is said. */
    max?: number;
    /** Connections that stay open however little there is to do. */
    min?: number;
    queryTimeoutMs?: number;
    /** How long a query waits while all connections are busy; five seconds when nothing is said. */
    waitForTurnMs?: number;
    silentInTransactionMs?: number;
  },
): OpenDatabase {
  const pool = new Pool({
    connectionString: url,
    max: options.max ?? 10,
    min: options.min,
    application_name: options.name,
    Client: SoonOpened,
    connectionTimeoutMillis: options.waitForTurnMs ?? openWithinMs,
    query_timeout: options.queryTimeoutMs,
    idleTimeoutMillis: 30_000,
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    onConnect: endsWhenSilent(options.silentInTransactionMs ?? silentInTransactionMs),
  });
  // A client that breaks while nobody waits for it, idle or between two statements, must not end the process: the next
  // statement on it fails, and that failure is what counts.
  pool.on("error", () => undefined);
  pool.on("connect", (client) => client.on("error", () => undefined));
  return { db: drizzle(pool, { schema, casing: "snake_case" }), pool, close: () => pool.end() };
}

/** `unknown`: the pool waits for it, though its types expect nothing back. */
function endsWhenSilent(ms: number) {
  return (client: ClientBase): unknown => client.query(`set idle_in_transaction_session_timeout = ${ms}`);
}

/** Whether an error means that the database is away (as opposed to refusing a statement). */
export function isDatabaseAway(error: unknown): boolean {
  for (let e = error; e instanceof Error; e = e.cause) {
    // An adapter has explained this one already: it is the other system that is away.
    if ("fault" in e) return false;
    if (e instanceof TooLateError) return true;
    const code = "code" in e ? String(e.code) : "";
    if (/^(ECONNREFUSED|ECONNRESET|EPIPE|ENOTFOUND|ETIMEDOUT|EHOSTUNREACH|ENOENT)$/.test(code)) return true;
    // Class 08: connection exceptions. 57P0x: server is shutting down, crashed or starting. 53300: too many clients. 25P03:
    // it ended a transaction in which we had been silent for too long.
    if (/^(08...|57P0[1-3]|53300|25P03)$/.test(code)) return true;
    if (
      /Connection terminated|timeout expired|Client has encountered|Query read timeout/i.test(e.message) ||
      isTurnMissed(e)
    )
      return true;
  }
  return false;
}

/** Whether a query was never asked, because no connection of its pool became free in time. */
export function isDatabaseBusy(error: unknown): boolean {
  return isTurnMissed(causeOf(error));
}

function isTurnMissed({ message }: Error): boolean {
  return message === "timeout exceeded when trying to connect";
}

/** What lies at the bottom of an error: the layers above repeat a statement with all its values. */
export function causeOf(error: unknown): Error {
  let cause = error instanceof Error ? error : new Error(String(error));
  while (cause.cause instanceof Error) cause = cause.cause;
  return cause;
}

/** PostgreSQL's own code of an error (SQLSTATE); null when it is not the database that refused. */
export function sqlState(error: unknown): string | null {
  for (let e = error; e instanceof Error; e = e.cause) {
    if ("code" in e && /^(?=.*\d)[0-9A-Z]{5}$/.test(String(e.code))) return String(e.code);
  }
  return null;
}

/** Whether PostgreSQL refused the values of a statement: data exceptions (class 22) and limits of a value (class 54). */
export function isRefusedData(error: unknown): boolean {
  return /^(22|54)/.test(sqlState(error) ?? "");
}

const retryable = new Set(["40001", "40P01"]);

/** Runs a transaction again when PostgreSQL chose it as the victim of a deadlock or serialization failure. */
export async function transact<T>(
  db: Database,
  work: (tx: Transaction) => Promise<T>,
  tries = 4,
): Promise<T> {
  for (let left = tries; ; left--) {
    try {
      return await db.transaction((tx) => work(tx));
    } catch (error) {
      const cause = error instanceof Error && error.cause instanceof Error ? error.cause : error;
      const code = cause instanceof Error && "code" in cause ? String(cause.code) : "";
      if (left <= 1 || !retryable.has(code)) throw error;
      await sleep(Math.random() * 50 * (tries - left + 1));
    }
  }
}
