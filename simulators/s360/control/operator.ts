import { randomBytes } from "node:crypto";
import { z } from "zod";
import type { Simulator } from "../simulator";
import type { Json } from "../venue/json";
import { parse } from "./parse";

const anonymiseRequest = z.strictObject({ contactNumber: z.string() });
const mergeRequest = z.strictObject({ head: z.string(), loser: z.string() });
const rotateRequest = z.strictObject({ secret: z.string().min(1).optional() });

/** `{contactNumber}`: what an operator does for a person who asks to be forgotten. */
export function anonymise(simulator: Simulator, body: Json): Json {
  const { contactNumber } = parse(anonymiseRequest, body);
  simulator.anonymise(contactNumber);
  return { queued: [contactNumber] };
}

/** `{head, loser}`: two records of one person become one. */
export function merge(simulator: Simulator, body: Json): Json {
  const { head, loser } = parse(mergeRequest, body);
  return { queued: [head], ...simulator.merge(head, loser) };
}

/** Gives the operator a new secret, the one in `{secret}` or a random one, and tells it. The old one ends at once. */
export function rotateSecret(simulator: Simulator, body: Json): Json {
  const secret = parse(rotateRequest, body).secret ?? randomBytes(24).toString("base64url");
  simulator.change({ api: { secret } });
  return { secret };
}
