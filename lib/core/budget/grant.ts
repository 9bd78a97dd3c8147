/** How many of the org's daily calls the connector may use, as an admin grants them. Pure. */
import { z } from "zod";

const words = "must be a whole number of calls such as 20000, or a share of the org's calls such as 50%";

/** Calls in any 24 hours, or a share of what the org allows in them. */
export const dailyCallsSchema = z.union(
  [
    z.number().int(words).min(1, words).max(100_000_000, words),
    z.string().regex(/^(?:100|[1-9]\d?)%$/, words) as z.ZodType<`${number}%`, string>,
  ],
  words,
);

export type DailyCalls = z.infer<typeof dailyCallsSchema>;

export const defaultDailyCalls: DailyCalls = "50%";

/** In calls; null while the org's limit is not known and a share of it was granted. */
export function grantedCalls(dailyCalls: DailyCalls, orgLimit: number | null): number | null {
  if (typeof dailyCalls === "number") {
    return orgLimit === null ? dailyCalls : Math.min(dailyCalls, orgLimit);
  }
  return orgLimit === null ? null : Math.floor((orgLimit * Number(dailyCalls.slice(0, -1))) / 100);
}

/** What a person types: `20000`, `20,000`, `50%` or `50 %`; null when it is none of them. */
export function readDailyCalls(text: string): DailyCalls | null {
  const bare = text.replace(/[\s,'’_]/g, "");
  const given = /^\d+$/.test(bare) ? Number(bare) : bare;
  const parsed = dailyCallsSchema.safeParse(given);
  return parsed.success ? parsed.data : null;
}
