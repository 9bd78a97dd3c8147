import { takeNewKey } from "@/lib/connections/stored-key";
import type { Context } from "./context";

/** The installation's key is lost: the one at hand takes its place. */
export async function newKeyCommand({ terminal, db, keyAtHand }: Context): Promise<number> {
  const institutions = await takeNewKey(db, keyAtHand());
  const again =
    institutions.length === 0
      ? "No stored secret was encrypted with another one."
      : `The secrets of ${institutions.join(", ")} were encrypted with another one: apply each connection's file again, with its secrets.`;
  terminal.out(`The key of this machine counts from now on. ${again}\n`);
  return 0;
}
