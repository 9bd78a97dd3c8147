import { exportConnection } from "@/lib/connections/export";
import type { Context } from "./context";
import { findConnection } from "./find-connection";

export async function exportCommand({ terminal, db }: Context, institution: string): Promise<number> {
  await findConnection(db, institution);
  terminal.out((await exportConnection(db, institution)) ?? "");
  return 0;
}
