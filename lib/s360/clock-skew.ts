/** How far S-360's clock is ahead of ours, from the `Date` header of its answers (RFC 9110 §6.6.1: whole seconds). */

export interface Sighting {
  readonly serverTimeMs: number;
  readonly sentAtMs: number;
  readonly receivedAtMs: number;
}

/**
 * S-360 wrote the header somewhere between sending and receiving, within a second of what it says. A known skew that
 * fits is kept, so that neither slow answers nor the whole seconds make it jump; otherwise it is the middle of what is
 * possible: half the round trip taken off.
 */
export function skewFrom({ serverTimeMs, sentAtMs, receivedAtMs }: Sighting, knownMs: number): number {
  const least = serverTimeMs - receivedAtMs;
  const most = serverTimeMs + 999 - sentAtMs;
  return knownMs >= least && knownMs <= most ? knownMs : Math.round((least + most) / 2);
}
