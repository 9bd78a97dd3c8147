import { createHash } from "node:crypto";
import { BASE62 } from "../model/base-62";
import { idSuffix } from "../org/ids";

/**
 * A record id that depends on a text alone. For what an org has from the start and for metadata components: the same
 * thing keeps its id when others are added to the model, and over restarts.
 */
export function hashedId(keyPrefix: string, text: string): string {
  let number = createHash("sha256").update(text.toLowerCase()).digest().readBigUInt64BE();
  let counting = "";
  while (counting.length < 9) {
    counting += BASE62.charAt(Number(number % 62n));
    number /= 62n;
  }
  const id15 = `${keyPrefix}010${counting}`;
  return id15 + idSuffix(id15);
}
