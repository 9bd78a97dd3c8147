/** Duplicate rules of the org: how their alerts are passed, and what they say they found (salesforce.md §3.4, §3.5). */
import { z } from "zod";
import { duplicateText, type DuplicateFinding } from "@/lib/core/duplicates";
import type { Subrequest } from "./client";
import type { Meaning } from "./fault-meaning";
import { says } from "./fault-words";
import type { OrgError } from "./wire";

interface DuplicateOptions {
  /** Alerts are passed; what a rule blocks stays blocked. */
  readonly allowSave: boolean;
  /** The answer tells more of the matches than their ids. */
  readonly includeRecordDetails?: boolean;
}

/** Of one subrequest; nothing where nothing differs from what the org does anyway. */
export function duplicateHeaders(options: DuplicateOptions): Pick<Subrequest, "httpHeaders"> {
  const chosen = Object.entries(options).flatMap(([name, value]) => (value ? [`${name}=true`] : []));
  return chosen.length > 0 ? { httpHeaders: { "Sforce-Duplicate-Rule-Header": chosen.join("; ") } } : {};
}

export function duplicateMeaning(error: OrgError, finding: DuplicateFinding | null): Meaning {
  const sentence = `${duplicateText(finding)} Merge or correct them there, or decide under Reviews. ${says(error)}`;
  return { code: "duplicate_rule", sentence: sentence.trim() };
}

const matchSchema = z.object({
  record: z.looseObject({
    Id: z.string(),
    attributes: z.object({ type: z.string() }).nullish(),
    Name: z.string().nullish(),
    FirstName: z.string().nullish(),
    LastName: z.string().nullish(),
  }),
});

const resultSchema = z.object({
  allowSave: z.boolean().nullish(),
  duplicateRule: z.string().nullish(),
  matchResults: z
    .array(z.object({ entityType: z.string().nullish(), matchRecords: z.array(matchSchema).nullish() }))
    .nullish(),
});

const bodySchema = z.array(
  // The misspelt key is the org's own; some versions spell it right.
  z.object({ duplicateResut: resultSchema.nullish(), duplicateResult: resultSchema.nullish() }),
);

/** What the rule found that refused a single row; null where the answer does not tell. */
export function findingIn(body: unknown): DuplicateFinding | null {
  const parsed = bodySchema.safeParse(body);
  const [error] = parsed.success ? parsed.data : [];
  const result = error?.duplicateResut ?? error?.duplicateResult;
  if (!result) return null;
  const matches = (result.matchResults ?? []).flatMap(({ entityType, matchRecords }) =>
    (matchRecords ?? []).map(({ record }) => ({
      object: record.attributes?.type ?? entityType ?? "",
      id: record.Id,
      name: record.Name || [record.FirstName, record.LastName].filter(Boolean).join(" ") || null,
    })),
  );
  return {
    rule: result.duplicateRule ?? null,
    passable: result.allowSave === true,
    matches: uniqueById(matches),
  };
}

/** Several matching rules may find the same record. */
function uniqueById<T extends { readonly id: string }>(matches: readonly T[]): T[] {
  return [...new Map(matches.map((match) => [match.id, match])).values()];
}
