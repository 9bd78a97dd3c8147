/** What it means when a call as a whole fails: the way there, the org, its limits, our set-up (salesforce.md §3.2). */
import { FaultError, type Fault, type FaultCode } from "@/lib/core/faults";
import { ExchangeBroken, ExchangeTimeout, type Answer } from "./exchange";
import { orgErrors, type OrgError } from "./wire";

/** An HTTP status of the call as a whole, with what the org said about it. */
export class CallRefused extends FaultError {
  constructor(
    fault: Fault,
    readonly status: number,
  ) {
    super(fault);
    this.name = "CallRefused";
  }

  /** The org could not take in what was sent: a smaller call may pass. */
  get contentAtFault(): boolean {
    return this.status === 400 || this.status === 413;
  }
}

/** No answer in time. */
export class CallTimedOut extends FaultError {
  constructor(fault: Fault, cause: unknown) {
    super(fault, { cause });
    this.name = "CallTimedOut";
  }
}

/** Turns what the exchange threw into a FaultError; anything else comes back as it is. */
export function callFailure(error: unknown, address: string): unknown {
  const host = new URL(address).host;
  if (error instanceof ExchangeTimeout) {
    const seconds = Math.max(1, Math.round(error.timeoutMs / 1000));
    return new CallTimedOut(
      {
        code: "org_unavailable",
        sentence: `Salesforce did not answer within ${seconds} s. The connector waits and tries again by itself.`,
        origin: { code: "TIMEOUT", message: `${error.timeoutMs} ms` },
      },
      error,
    );
  }
  if (error instanceof ExchangeBroken) {
    const fault: Fault = {
      code: "org_unreachable",
      sentence:
        error.sentence ??
        `Salesforce could not be reached at ${host} (${error.reason}). Check the login URL, the network and the proxy.`,
      origin: { code: error.reason, message: "" },
    };
    return new FaultError(fault, { cause: error });
  }
  return error;
}

interface Meaning {
  readonly code: FaultCode;
  readonly sentence: string;
}

const orgFull: Meaning = {
  code: "org_limit",
  sentence:
    "The Salesforce org has used up its API calls of the last 24 hours. The connector asks every 15 to 60 minutes whether some are free again, and goes on by itself; if this happens often, buy more calls or find out what else uses them.",
};
const tooManyAtOnce: Meaning = {
  code: "org_crowded",
  sentence:
    "Salesforce is working on too many long calls at once. The connector waits and tries again by itself.",
};
const down: Meaning = {
  code: "org_unavailable",
  sentence: "Salesforce is not available at the moment. The connector waits and tries again by itself.",
};
const noApi: Meaning = {
  code: "set_up",
  sentence:
    "Salesforce does not let the connector's user call its API. Give the user the API Enabled permission and check the org's IP restrictions.",
};
/** Also what the token endpoint says, as it has the same address. */
export const noSuchOrg: Meaning = {
  code: "org_unreachable",
  sentence:
    "No Salesforce org answers at this address any more. If the org or sandbox was renamed, deleted or refreshed, enter its new login URL.",
};
const notThere: Meaning = {
  code: "set_up",
  sentence:
    "The Salesforce org does not offer what the connector asked for. Check the API version and the login URL of the connection.",
};
const notUnderstood: Meaning = {
  code: "internal",
  sentence:
    "Salesforce could not read what the connector sent. Report this with the words of Salesforce below.",
};

const byCode: Readonly<Record<string, Meaning>> = {
  SERVER_UNAVAILABLE: down,
  API_DISABLED_FOR_ORG: noApi,
  API_CURRENTLY_DISABLED: noApi,
  FUNCTIONALITY_NOT_ENABLED: noApi,
  INSUFFICIENT_ACCESS: noApi,
  UNSUPPORTED_API_VERSION: notThere,
};

const byStatus: Readonly<Record<number, Meaning>> = {
  403: noApi,
  404: notThere,
  405: notThere,
  410: notThere,
  415: notThere,
  420: noSuchOrg,
  429: tooManyAtOnce,
};

/** The failure for an answer outside 200–299 that is not an expired session. */
export function refusedCall(answer: Answer): CallRefused {
  const [first] = orgErrors(answer.body);
  const error: OrgError = first ?? { code: `HTTP_${answer.status}`, message: "", fields: [] };
  const { code, sentence } = meaning(answer.status, error);
  const origin = { code: error.code, message: error.message };
  return new CallRefused({ code, sentence, origin }, answer.status);
}

function meaning(status: number, error: OrgError): Meaning {
  if (error.code === "REQUEST_LIMIT_EXCEEDED") return limitMeaning(error);
  if (status >= 300 && status < 400) return notThere;
  return byCode[error.code] ?? byStatus[status] ?? (status >= 500 ? down : notUnderstood);
}

/** `ConcurrentPerOrgLongTxn Limit exceeded.` passes in seconds, `TotalRequests Limit exceeded.` in hours (§3.3). */
export function limitMeaning(error: OrgError): Meaning {
  return /concurrent/i.test(error.message) ? tooManyAtOnce : orgFull;
}
