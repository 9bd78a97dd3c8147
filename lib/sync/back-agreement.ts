/** What is agreed once a contact was saved in S-360, or was found to say the same already. Pure. */
import {
  bouncesWhenSent,
  replacedBy,
  type Agreed,
  type FieldConflict,
  type FieldTrace,
} from "@/lib/core/agreement";
import type { CanonicalValue } from "@/lib/core/side";

export interface SettledField {
  readonly field: string;
  /** What Salesforce holds. */
  readonly salesforce: CanonicalValue;
  /** What the mapping makes of what S-360 holds; undefined where it says nothing. */
  readonly s360: CanonicalValue | undefined;
  /** `sent`: we wrote it. `agreed`: both held the same. `left`: each side keeps its own. */
  readonly how: "sent" | "agreed" | "left";
  /** S-360 had changed it too, and Salesforce's value stays. */
  readonly conflict?: FieldConflict;
}

/** `staleUntil`: how long S-360 may still tell what it held before this save. */
export function agreedAfterOut(
  agreed: Agreed,
  settled: readonly SettledField[],
  { byPerson, staleUntil }: { readonly byPerson: boolean; readonly staleUntil: string },
): Agreed {
  const base: Record<string, CanonicalValue> = { ...agreed.base };
  const stored: Record<string, CanonicalValue> = { ...agreed.stored };
  const traces: Record<string, FieldTrace> = { ...agreed.traces };
  for (const { field, salesforce, s360, how, conflict } of settled) {
    const trace = traces[field];
    const before = agreed.base[field] ?? null;
    stored[field] = salesforce;
    if (how === "left") continue;
    base[field] = s360 === undefined ? salesforce : s360;
    if (base[field] === salesforce) Reflect.deleteProperty(stored, field);
    if (how === "agreed") continue;
    const bounces = bouncesWhenSent(trace, byPerson, conflict !== undefined);
    const replaced = replacedBy(before, conflict, staleUntil);
    traces[field] = { carried: "out", replaced, ...(bounces > 0 && { bounces }) };
  }
  return { base, stored, traces };
}
