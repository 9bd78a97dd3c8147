/** The way back to S-360 in a connection's status, for a terminal. Pure. */
import type { FeedStatus, S360CallStatus } from "@/lib/connections/contract";
import { time } from "./status-time";

/** What S-360 may differ before tokens are in danger; within it the clock's whole seconds blur. */
const noticeableMs = 2_000;

export function feedLines(feed: FeedStatus): string[] {
  if (!feed.enabled) return ["  contacts-out: switched off (contactsOut.enabled)"];
  if (!feed.setUp) return [`  contacts-out: not set up; the file gives no ${feed.missing.join(", ")}`];
  const { lastPolledAt, dueAt, lastRows, lastChanges, lastStrangers, pollSeconds } = feed;
  if (feed.fault)
    return [
      `  contacts-out: Salesforce could not be asked what changed: ${feed.fault.sentence} (${feed.fault.code})`,
    ];
  if (lastPolledAt === null) return ["  contacts-out: Salesforce was not asked yet what changed there"];
  return [
    `  contacts-out: Salesforce asked ${time(lastPolledAt)}: ${lastRows} read, ${lastChanges} changed, ` +
      `${lastStrangers} not of S-360; next ${time(dueAt)} (every ${pollSeconds} s)`,
  ];
}

export function s360CallLines(calls: S360CallStatus, setUp: boolean): string[] {
  const { today, month, perMonth, forecast, monthEnds, perMinute, boost, clockSkewMs } = calls;
  if (!setUp && month === 0) return [];
  const limit = perMonth === null ? "" : ` of ${perMonth}`;
  return [
    `  Calls to S-360 today: ${today}; this month: ${month}${limit}, at this pace ${forecast} by ${monthEnds}; at most ${perMinute} a minute` +
      (boost ? ` until ${time(boost.until)}` : ""),
    ...(clockSkewMs !== null && Math.abs(clockSkewMs) > noticeableMs
      ? [
          `  S-360's clock is ${(Math.abs(clockSkewMs) / 1_000).toFixed(1)} s ${clockSkewMs > 0 ? "ahead of" : "behind"} this machine's: set both by time servers`,
        ]
      : []),
  ];
}
