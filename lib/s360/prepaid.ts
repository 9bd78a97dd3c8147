/** Saves that were paid for together with the read before them, by contact. */
import { recordKeyOf } from "@/lib/core/record-key";
import type { ContactSideConfig, PaidCall } from "./config";
import type { Pay } from "./exchange";

export interface Prepaid {
  /** Pays for the read that goes out now and for the save of the same contact after it. */
  readonly payForRead: (contactNumber: string) => Pay | undefined;
  /** Pays for a save: with what was paid before, as long as it counts, else at the gate. */
  readonly payForSave: (contactNumber: string) => Pay;
}

export function createPrepaid({
  takeToken,
  takePair,
}: Pick<ContactSideConfig, "takeToken" | "takePair">): Prepaid {
  const paid = new Map<string, PaidCall>();
  return {
    payForRead: (contactNumber) =>
      takePair &&
      (async () => {
        const key = recordKeyOf(contactNumber);
        const call = await takePair();
        if (call) keep(paid, key, call);
        else paid.delete(key);
      }),
    payForSave: (contactNumber) => async () => {
      const key = recordKeyOf(contactNumber);
      const call = paid.get(key);
      paid.delete(key);
      if (!(await call?.use())) await takeToken();
    },
  };
}

/** More reads than this are not under way at once: the oldest have lapsed. */
const mostKept = 100;

function keep(paid: Map<string, PaidCall>, key: string, call: PaidCall): void {
  paid.delete(key);
  paid.set(key, call);
  const [oldest] = paid.keys();
  if (paid.size > mostKept && oldest !== undefined) paid.delete(oldest);
}
