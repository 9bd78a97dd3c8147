import type { ConnectionStatus } from "@/lib/connections/contract";
import { listConnections } from "@/lib/connections/load";
import { connectionStatus } from "@/lib/connections/status";
import type { Context } from "./context";
import { findConnection } from "./find-connection";
import { statusText } from "./status-text";

/** Of one institution, or of all. As JSON: one object, or a list. */
export async function statusCommand(
  { terminal, db }: Context,
  institution: string | undefined,
  json: boolean,
): Promise<number> {
  const wanted =
    institution === undefined ? await listConnections(db) : [await findConnection(db, institution)];
  const statuses: ConnectionStatus[] = [];
  for (const connection of wanted) {
    const status = await connectionStatus(db, connection.institution);
    if (status) statuses.push(status);
  }
  if (json) terminal.out(`${JSON.stringify(institution === undefined ? statuses : statuses[0], null, 2)}\n`);
  else if (statuses.length > 0) terminal.out(statuses.map(statusText).join("\n"));
  else terminal.out("There is no connection yet. Make one: npm run connector -- apply myvenue.yaml\n");
  return 0;
}
