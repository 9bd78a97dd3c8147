/** Keeps the secret and the tokens out of every fault, also where S-360 or a proxy repeats what it was sent. */
import { FaultError, type Fault } from "@/lib/core/faults";

export interface SecretMask {
  /** A token that must not be seen either. */
  learn(token: string): void;
  hide(text: string): string;
  /** The same error, or one without the secrets where it held any. */
  error(error: unknown): unknown;
}

/** Any signed token, ours or S-360's: header and payload begin with `{"` in base64url. */
const signedToken = /eyJ[\w-]{5,}\.[\w-]+\.[\w-]*/g;
const mask = "[hidden]";

export function createSecretMask(secret: string): SecretMask {
  let tokens: readonly string[] = [];
  const hide = (text: string): string =>
    [secret, ...tokens]
      .flatMap(spellings)
      .reduce((hidden, each) => hidden.replaceAll(each, mask), text)
      .replace(signedToken, mask);

  return {
    // A token lives for minutes: of those learnt earlier no answer is under way any more.
    learn: (token) => (tokens = [token, ...tokens].slice(0, 3)),
    hide,
    error: (error) => {
      if (!(error instanceof FaultError)) return error;
      const hidden = hideIn(error.fault, hide);
      return JSON.stringify(hidden) === JSON.stringify(error.fault) ? error : new FaultError(hidden);
    },
  };
}

/** As it is, as it stands in JSON, and as it stands in an address. */
function spellings(text: string): string[] {
  if (text === "") return [];
  return [text, JSON.stringify(text).slice(1, -1), encodeURIComponent(text.toWellFormed())];
}

function hideIn(fault: Fault, hide: (text: string) => string): Fault {
  const { origin } = fault;
  return {
    ...fault,
    sentence: hide(fault.sentence),
    ...(origin && { origin: { code: hide(origin.code), message: hide(origin.message) } }),
  };
}
