const quarterHour = 15 * 60;

/**
 * Seconds between two looks at what changed in Salesforce while calls are short: four times as long, a quarter of an hour
 * at least and an hour at most, unless it was set to more. They never stop: Salesforce forgets what it deleted. Pure.
 */
export function slowedSeconds(pollSeconds: number): number {
  return Math.max(pollSeconds, Math.min(Math.max(4 * pollSeconds, quarterHour), 4 * quarterHour));
}
