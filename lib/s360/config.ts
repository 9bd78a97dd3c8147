/** What the contact client of one institution is opened with: everything it knows comes through here. */
import type { ConnectionSettings } from "@/lib/core/connection-settings";
import type { Outbound } from "@/lib/core/outbound";
import type { ContactAssumptions } from "./assumptions";

/** One outward call, answered or not. */
export interface ContactCall {
  /** S-360's method, `getContactData`; `auth` is the call for a token. */
  readonly method: string;
  /** HTTP status; null where no answer began. */
  readonly status: number | null;
  readonly tookMs: number;
  /** The answer's `Date` header, whole seconds; null where there was none. */
  readonly serverTime: Date | null;
}

/** A call that is paid for and was not made yet. */
export interface PaidCall {
  /** True once, while it counts: then the call may be made without waiting for the gate. */
  readonly use: () => Promise<boolean>;
}

export interface ContactSideConfig {
  /** `https://myvenue.ws.secutix.com` (s360.md §4.1). */
  readonly baseUrl: string;
  readonly institution: string;
  /** The virtual operator the connector acts as. */
  readonly operator: string;
  readonly partner: string;
  /** The operator's secret, plain text; it goes nowhere but into the signature or the call for a token. */
  readonly secret: string;
  /** `jwt`: a token of our own making for every call. `token`: one that S-360 gives (s360.md §4.2). */
  readonly authentication: "jwt" | "token";
  /** Version of the contact service; `v2_21` is the frozen one (s360.md §4.6). */
  readonly apiVersion?: string;
  readonly assumptions?: ContactAssumptions;
  /** The parts of a contact that `read` asks for. */
  readonly sections: ConnectionSettings["s360"]["sections"];
  /** Waits until one more outward call is allowed; asked before every call, those for a token included. */
  readonly takeToken: () => Promise<void>;
  /**
   * Waits until two more outward calls are allowed: one now, and one that may follow it without asking; null when only
   * the first was to be had. Without it every call is asked for by itself.
   */
  readonly takePair?: () => Promise<PaidCall | null>;
  readonly onCall?: (call: ContactCall) => void;
  /** How far S-360's clock is ahead of ours, milliseconds; 0 while nothing is known. */
  readonly clockSkewMs: () => number;
  /** Told the skew after every answer with a `Date`: the known one, unless the answer contradicts it. */
  readonly onClock?: (skewMs: number) => void;
  /** For headers and body together, from the moment the gate let the call pass. */
  readonly timeoutMs?: number;
  readonly now?: () => number;
  /** The way through a proxy, where there is one. */
  readonly outbound?: Outbound | null;
  /** Called with a stream as body. */
  readonly fetch?: typeof fetch;
}

export const DEFAULT_TIMEOUT_MS = 30_000;
export const DEFAULT_API_VERSION = "v2_21";
