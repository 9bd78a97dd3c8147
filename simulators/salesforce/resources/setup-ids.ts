import { idSuffix } from "../org/ids";

/**
 * The id of something that belongs to an object but is no record here, such as its layout: always the same for the same
 * object, 18 characters, with the real key prefix.
 */
export function setupId(keyPrefix: string, objectKeyPrefix: string, position = 0): string {
  const id15 = `${keyPrefix}0000000${objectKeyPrefix}${String(position).padStart(2, "0")}`;
  return id15 + idSuffix(id15);
}
