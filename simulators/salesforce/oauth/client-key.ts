import { createPublicKey, type KeyObject } from "node:crypto";

/** RS256 asks for this much (RFC 7518, section 3.3). */
const MIN_MODULUS_BITS = 2048;

/**
 * What is wrong with the key that JWT assertions of a client are verified with, a PEM public key or certificate;
 * undefined when RS256 signatures can be verified with it.
 */
export function clientKeyProblem(publicKeyPem: string): string | undefined {
  const key = readKey(publicKeyPem);
  if (!key) return "is no PEM public key or certificate";
  if (key.asymmetricKeyType !== "rsa") return "is no RSA key, which RS256 asks for";
  const bits = key.asymmetricKeyDetails?.modulusLength ?? 0;
  return bits < MIN_MODULUS_BITS ? `must have ${MIN_MODULUS_BITS} bits or more` : undefined;
}

/** Node's reader tells in many ways of texts that are no key; each of them means the same here. */
function readKey(publicKeyPem: string): KeyObject | undefined {
  try {
    return createPublicKey(publicKeyPem);
  } catch (error) {
    if (error instanceof Error) return undefined;
    throw error;
  }
}
