/** What was anonymised stays so: what says otherwise is older, whenever it comes (S-360 sends a call again for hours). */
import { eq } from "drizzle-orm";
import { connection } from "@/drizzle/schema";
import {
  type AnonymisedMarks,
  anonymisedMarksSchema,
  isAnonymised,
  isUnknownToS360,
  knownAgain,
  unknownToS360,
  unpersonal,
} from "@/lib/core/anonymised";
import type { InboundRecord, Portray } from "@/lib/core/inbound";
import type { Queryable } from "@/lib/platform/db";

type SourceState = Readonly<Record<string, unknown>>;

/** How S-360 tells of a connection that a contact was anonymised. */
export async function marksOf(tx: Queryable, connectionId: number): Promise<AnonymisedMarks> {
  const rows = await tx
    .select({ settings: connection.settings })
    .from(connection)
    .where(eq(connection.id, connectionId));
  // What was stored before there were marks has none.
  const stored: Partial<Pick<typeof connection.$inferSelect.settings, "s360">> = rows[0]?.settings ?? {};
  return anonymisedMarksSchema.parse(stored.s360?.anonymised ?? {});
}

/**
 * The source state once a record of a call is folded into it. Of a contact that was anonymised nothing personal is kept,
 * though its section be absent, and nothing of an earlier call comes back; another contact that got its number takes over
 * nothing of it. That S-360 knows a contact no more takes nothing away, as long as nobody has blanked it.
 */
export function foldInto(
  state: SourceState,
  { family, sections }: InboundRecord,
  { marks, portray }: { readonly marks: AnonymisedMarks; readonly portray: Portray },
): SourceState {
  if (family !== "contact") return { ...state, ...sections };
  if (isUnknownToS360(sections))
    return isAnonymised(state, marks) ? state : unknownToS360({ ...sections, ...state });
  if (isAnonymised(sections, marks)) return { ...unpersonal(state), ...sections };
  if (!isAnonymised(state, marks)) return { ...state, ...sections };
  if (isUnknownToS360(state)) return { ...knownAgain(state), ...sections };
  const [before, now] = [state, sections].map((said) => portray("contact", said).contactId);
  return before && now && before !== now ? sections : state;
}
