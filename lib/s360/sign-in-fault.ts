/** What a refused sign-in means and what to check (s360.md §4.2, §8.18). */
import { FaultError } from "@/lib/core/faults";

/** A skew that may be the reason: S-360 wants a token under a second old, and its life is half a minute. */
const NOTABLE_SKEW_MS = 5_000;

export interface SignInRefusal {
  readonly origin: { readonly code: string; readonly message: string };
  /** How far S-360's clock is ahead of ours. */
  readonly skewMs: number;
}

/** S-360 answered 401 or 403, or gave no token. */
export function signInRefused({ origin, skewMs }: SignInRefusal): FaultError {
  return new FaultError({
    code: "s360_sign_in",
    sentence: `S-360 refused the sign-in. Check the institution code, the operator, the partner name and the secret of the connection${clockWords(skewMs)}`,
    origin,
  });
}

function clockWords(skewMs: number): string {
  if (Math.abs(skewMs) <= NOTABLE_SKEW_MS) return ", and that this machine's clock is right.";
  const seconds = Math.round(Math.abs(skewMs) / 1000);
  const direction = skewMs > 0 ? "behind" : "ahead of";
  return `. This machine's clock is ${seconds} s ${direction} S-360's: set it by a time server.`;
}

/** Nothing to sign with: an empty secret never leaves the machine. */
export function noSecret(): FaultError {
  return new FaultError({
    code: "s360_sign_in",
    sentence: "The connection has no secret for S-360. Enter the secret of the operator.",
  });
}
