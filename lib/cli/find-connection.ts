import { listConnections, loadConnection, type Connection } from "@/lib/connections/load";
import type { Database } from "@/lib/platform/db";
import { CommandError } from "./context";

/** @throws CommandError naming the institutions there are */
export async function findConnection(db: Database, institution: string): Promise<Connection> {
  const connection = await loadConnection(db, institution);
  if (connection) return connection;
  const known = (await listConnections(db)).map((other) => other.institution);
  const there = known.length > 0 ? `There are: ${known.join(", ")}.` : "There is none yet.";
  throw new CommandError(`There is no connection for the institution ${institution}. ${there}`);
}
