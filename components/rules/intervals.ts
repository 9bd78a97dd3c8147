/** How often Salesforce is asked, as people say it. */
import { count } from "../ui/numbers";

const usual: readonly number[] = [30, 60, 120, 300, 600, 900, 1_800, 3_600, 21_600, 86_400];

/** 300 → "every 5 minutes", 3600 → "every hour", 90 → "every 90 seconds". */
export function intervalText(seconds: number): string {
  if (seconds % 86_400 === 0) return every(seconds / 86_400, "day");
  if (seconds % 3_600 === 0) return every(seconds / 3_600, "hour");
  if (seconds % 60 === 0) return every(seconds / 60, "minute");
  return every(seconds, "second");
}

function every(number: number, unit: string): string {
  return number === 1 ? `every ${unit}` : `every ${number} ${unit}s`;
}

/** To choose from: the usual ones, and the one that is set if it is another. */
export function intervalOptions(seconds: number): { value: string; label: string }[] {
  const all = usual.includes(seconds) ? usual : [...usual, seconds].sort((a, b) => a - b);
  return all.map((value) => ({ value: String(value), label: intervalText(value) }));
}

/** A quiet poll is one call (design: all objects in one Composite call). */
export function callsADay(seconds: number): string {
  return count(Math.ceil(86_400 / seconds));
}
