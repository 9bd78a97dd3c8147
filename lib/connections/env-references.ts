/** Values that a connection's file names as `env:NAME`: looked up once, when the file is applied. */
import { createPrivateKey } from "node:crypto";
import type { CredentialName } from "./credentials";
import { referencePattern } from "./file-schema";

export type Environment = Readonly<Record<string, string | undefined>>;

/** A reference in a file: where it stands there, which credential it fills. */
export interface NamedReference {
  readonly path: string;
  readonly name: CredentialName;
  readonly reference: string;
}

export function isReference(text: string | undefined): text is string {
  return text !== undefined && referencePattern.test(text);
}

/**
 * The value behind a reference, made usable, or a sentence that starts with its path and says what is wrong; the value is
 * not repeated.
 */
export function lookUp(
  { path, name, reference }: NamedReference,
  env: Environment,
): { readonly value: string } | { readonly problem: string } {
  const variable = reference.replace(/^env:/, "");
  const given = env[variable]?.replace(/[\r\n]+$/, "");
  if (given === undefined || given.trim() === "") {
    const state = given === undefined ? "is not set" : "is empty";
    return {
      problem: `${path}: the environment variable ${variable} ${state}; set it and apply the file again`,
    };
  }
  if (name === "salesforce.privateKey") return readPrivateKey(path, variable, given);
  if (hasControlCharacters(given)) {
    return {
      problem: `${path}: the environment variable ${variable} has line breaks or control characters in it`,
    };
  }
  return { value: name.startsWith("webhooks.") ? given : given.trim() };
}

/** Environment files hold one line per variable, so keys often come with \n written out. */
function readPrivateKey(
  path: string,
  variable: string,
  given: string,
): { value: string } | { problem: string } {
  const value = given.includes("\n") ? given : given.replaceAll("\\n", "\n");
  try {
    if (createPrivateKey(value).asymmetricKeyType === "rsa") return { value };
  } catch {
    // createPrivateKey's own words are OpenSSL's; the sentence below says what to do.
  }
  return {
    problem: `${path}: the environment variable ${variable} does not hold an RSA private key in PEM, unencrypted`,
  };
}

function hasControlCharacters(text: string): boolean {
  return [...text].some((character) => character < " " || character === "\x7f");
}
