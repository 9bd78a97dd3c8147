import { randomInt } from "node:crypto";

/** No letters that look alike or spell words. */
const letters = "bcdfghjkmnpqrstvwxz23456789";
const groups = 4;
const groupLength = 4;

/** A random password that is easy to read from a terminal and to type: 76 bits as `k7mw-3xqp-b9tr-hj4n`. */
export function readablePassword(): string {
  const group = () => Array.from({ length: groupLength }, () => letters[randomInt(letters.length)]).join("");
  return Array.from({ length: groups }, group).join("-");
}
