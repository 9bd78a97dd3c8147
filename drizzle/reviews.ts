/** What only a person can settle. */
import { sql } from "drizzle-orm";
import { index, jsonb, pgTable, primaryKey, text, uniqueIndex } from "drizzle-orm/pg-core";
import type { ReviewChoice, ReviewKind, ReviewState, ReviewSubject } from "@/lib/core/reviews";
import { at, id, partOf, ref } from "./columns";
import { connectionRef } from "./connections";
import { record, recordRef } from "./records";

/** Something only a person can settle. Closed ones stay, as the memory of who decided what. */
export const review = pgTable(
  "review",
  {
    id: id(),
    connectionId: connectionRef(),
    kind: text().$type<ReviewKind>().notNull(),
    /** The record it is about; null when it is about many, or about none. */
    recordId: ref().references(() => record.id, { onDelete: "cascade" }),
    /** What tells several open ones of a kind and record apart: the direction of a rule, what was told. */
    about: text().notNull().default(""),
    sentence: text().notNull(),
    subject: jsonb().$type<ReviewSubject>().notNull(),
    state: text().$type<ReviewState>().notNull().default("open"),
    choice: text().$type<ReviewChoice>(),
    openedAt: at().notNull().defaultNow(),
    decidedAt: at(),
    decidedBy: text(),
    closedAt: at(),
    /** When people were told by mail. */
    mailedAt: at(),
  },
  (t) => [
    index("review_open")
      .on(t.connectionId, t.openedAt, t.id)
      .where(sql`state <> 'closed'`),
    index("review_record_id").on(t.recordId),
    index("review_closed")
      .on(t.connectionId, t.closedAt, t.id)
      .where(sql`state = 'closed'`),
    uniqueIndex("review_of_record")
      .on(t.recordId, t.kind, t.about)
      .where(sql`state <> 'closed' and record_id is not null`),
  ],
);

/** The records that a review about many holds. */
export const reviewRecord = pgTable(
  "review_record",
  {
    reviewId: partOf(() => review.id),
    recordId: recordRef(),
  },
  (t) => [primaryKey({ columns: [t.reviewId, t.recordId] }), index("review_record_record").on(t.recordId)],
);
