/** The Salesforce records a review speaks of, and the values that both sides have. */
import { sql } from "drizzle-orm";
import type { Agreed, HeldRow } from "@/lib/core/agreement";
import { sameValue } from "@/lib/core/canonical";
import { copiesOf, type ReviewSubject } from "@/lib/core/reviews";
import type { ObjectDescribe } from "@/lib/core/side";
import type { Queryable } from "@/lib/platform/db";
import { recordUrl } from "@/lib/records/record-url";
import type { ReviewDetail, ReviewRow, SalesforceRecord, SalesforceRole, TwoValues } from "./contract";

type Sides = Pick<ReviewDetail, "salesforce" | "fields" | "changedBy">;

interface LinkRow extends Record<string, unknown> {
  object: string;
  salesforce_id: string;
  base: Agreed["base"];
  held: HeldRow | null;
  describe: ObjectDescribe | null;
}

export async function readSides(
  db: Queryable,
  review: ReviewRow,
  subject: ReviewSubject,
  { connectionId, loginUrl }: { readonly connectionId: number; readonly loginUrl: string },
): Promise<Sides> {
  const rows = await db.execute<LinkRow>(sql`
    select l.object, l.salesforce_id, l.base, l.held, o.describe
    from link l left join org_object o on o.connection_id = ${connectionId} and o.object = l.object
    where l.record_id = ${review.record?.id ?? null} and l.head order by l.id`);
  const links = rows.rows;
  return {
    salesforce: namedRecords(review, subject, links).map((record) => ({
      ...record,
      url: recordUrl(loginUrl, record.object, record.id),
    })),
    fields: review.state === "closed" ? [] : links.flatMap((link) => valuesOf(review, subject, link)),
    changedBy: links.map(({ held }) => held?.modifiedBy.name ?? null).find((name) => name !== null) ?? null,
  };
}

type Named = Omit<SalesforceRecord, "url">;

/** Those that the review is about; else those the record is linked with. */
function namedRecords({ kind }: ReviewRow, subject: ReviewSubject, links: readonly LinkRow[]): Named[] {
  const { object, salesforceId, otherId, duplicates } = subject;
  if (kind === "duplicate_rule" && duplicates) {
    return duplicates.matches.map((match): Named => ({ role: "match", ...match }));
  }
  if (subject.candidates && object !== undefined)
    return subject.candidates.map(({ id }) => ({ role: "candidate" as const, object, id }));
  const roles: readonly [SalesforceRole, SalesforceRole] | null =
    kind === "clone" || kind === "copied_lookup"
      ? ["copy", "original"]
      : kind === "merge_unclear" || kind === "restored"
        ? [kind === "restored" ? "restored" : "merged", "master"]
        : kind === "deleted_in_salesforce"
          ? ["deleted", "linked"]
          : null;
  if (roles && object !== undefined) {
    const [about, other] = roles;
    const ids = roles[0] === "copy" ? copiesOf(subject) : salesforceId === undefined ? [] : [salesforceId];
    const named = ids.map((id): Named => ({ role: about, object, id }));
    return otherId === undefined ? named : [...named, { role: other, object, id: otherId }];
  }
  return links.map((link) => ({ role: "linked" as const, object: link.object, id: link.salesforce_id }));
}

/** What each side has of its own, of the fields that were agreed on. */
function differing({ base, held, describe }: LinkRow): string[] {
  return (describe?.fields ?? []).flatMap((field) => {
    const [s360, salesforce] = [base[field.name], held?.fields[field.name]];
    const isOther = s360 !== undefined && salesforce !== undefined && !sameValue(s360, salesforce, field);
    return isOther ? [field.name] : [];
  });
}

/** Fields that the review names; of what is to be created in S-360, all that Salesforce has. */
function valuesOf({ kind }: ReviewRow, subject: ReviewSubject, link: LinkRow): TwoValues[] {
  const { base, held, describe } = link;
  if (!held) return [];
  const creates = kind === "create_in_s360" || kind === "create_unanswered" || kind === "ambiguous";
  const named =
    subject.fields ?? (creates ? Object.keys(held.fields) : kind === "told" ? differing(link) : []);
  return named.flatMap((field): TwoValues[] => {
    if (!Object.hasOwn(held.fields, field)) return [];
    const salesforce = held.fields[field] ?? null;
    if (creates && salesforce === null) return [];
    const label = describe?.fields.find(({ name }) => name === field)?.label ?? field;
    return [{ field, label, s360: base[field], salesforce }];
  });
}
