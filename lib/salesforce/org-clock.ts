/**
 * What time it is in the org. Windows of the change feed are cut by the org's clock and never by ours (salesforce.md
 * §4.1), and the org tells its time with every answer (HTTP `Date`, whole seconds).
 */
export interface OrgClock {
  /** Takes in when an answer was sent, ms since 1970; null where it does not say. */
  hear(sentAtMs: number | null): void;
  /** ms since 1970, never ahead of the org; our own clock as long as no answer has told the time. */
  nowMs(): number;
}

export function createOrgClock(ownNowMs: () => number): OrgClock {
  let aheadMs = 0;
  return {
    hear: (sentAtMs) => {
      if (sentAtMs !== null) aheadMs = sentAtMs - ownNowMs();
    },
    nowMs: () => ownNowMs() + aheadMs,
  };
}
