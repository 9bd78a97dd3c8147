import { z } from "zod";

const day = 24 * 60 * 60;
const credential = z.string().min(1).max(500);

/** What can be set about the API side. Sources: README, "Documented, inferred, assumed". */
export const apiSettingsSchema = z.strictObject({
  /** Virtual operator: a token's `aud`. */
  operator: credential,
  /** A token's `iss`. */
  partner: credential,
  /** The operator's secret, with which tokens are signed. */
  secret: credential,
  /** How far the venue's clock is ahead of the machine's. */
  clockOffsetSeconds: z.number().int().min(-day).max(day),
  /** How old a token's `iat` may be on arrival. */
  freshnessSeconds: z.number().positive().max(day),
  /** Calls in any 60 seconds for the institution, all endpoints together; 0: no limit. */
  callsPerMinute: z.number().int().min(0).max(1_000_000),
  /** The answer beyond callsPerMinute: 509 today, 429 later. */
  overLimitStatus: z.union([z.literal(509), z.literal(429)]),
  /** Calls in a calendar month (UTC); 0: no quota. */
  callsPerMonth: z.number().int().min(0).max(1_000_000_000),
  /** Whether the venue's own webhook POSTs count into the monthly quota. */
  countWebhookPosts: z.boolean(),
  /** What a list in a save does to the stored one: takes its place, or is put into it by id or code. */
  lists: z.enum(["replace", "merge"]),
  /** What a save answers with: the contact as stored, or its number only. */
  answers: z.enum(["contact", "number"]),
  /** Whether a contact written by the API is queued for the contact webhook. */
  echo: z.boolean(),
  /** `spaced`: "41 / 0791234567" is stored as "41 / 079 123 45 67". */
  phones: z.enum(["as-sent", "spaced"]),
  /** `title-case`: "MARTIN" is stored as "Martin". */
  names: z.enum(["as-sent", "title-case"]),
});

export type ApiSettings = z.infer<typeof apiSettingsSchema>;

/** The demo's credentials (none of them is a secret), S-360's limit of 180 calls a minute, no monthly quota. */
export function defaultApiSettings(institution: string): ApiSettings {
  return {
    operator: `${institution.toUpperCase()}_CRM`,
    partner: "CRM",
    secret: "demo-s360-secret",
    clockOffsetSeconds: 0,
    freshnessSeconds: 5,
    callsPerMinute: 180,
    overLimitStatus: 509,
    callsPerMonth: 0,
    countWebhookPosts: false,
    lists: "replace",
    answers: "contact",
    echo: true,
    phones: "as-sent",
    names: "as-sent",
  };
}
