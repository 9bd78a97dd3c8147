/** Puts what was changed in a draft on top of another state of the value map. Pure. */
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import type { Listed } from "@/lib/core/mapping/value-maps/value-map-csv";
import { nextId, openDraft, readDraft, rowsOf, stateOf, type Draft, type Row } from "./draft";

/** Code by code: what was changed here since `opened` stays, everything else is as `theirs`. */
export function rebase(opened: ValueMapEntries, theirs: ValueMapEntries, draft: Draft): Draft {
  const was = openDraft(opened);
  const is = openDraft(theirs);
  const mine = draft.rows.filter((row) => row.origin === null || stateOf(opened, row) !== null);
  const ruled = draft.otherwise !== was.otherwise || draft.fallback !== was.fallback;
  return {
    rows: withRows(is.rows, mine),
    otherwise: ruled ? draft.otherwise : is.otherwise,
    fallback: ruled ? draft.fallback : is.fallback,
  };
}

/** A row of mine takes the place of the one it was opened as, or of the one with its code. */
function withRows(theirs: readonly Row[], mine: readonly Row[]): readonly Row[] {
  const places = new Map(theirs.map((row) => [row.code, row]));
  const replacing = new Map<string, Row>();
  const added: Row[] = [];
  for (const row of mine) {
    const place = places.get(row.origin ?? row.code.trim());
    if (place && !replacing.has(place.code)) replacing.set(place.code, { ...row, origin: place.code });
    else if (!row.removed) added.push({ ...row, origin: null });
  }
  const kept = theirs.map((row) => replacing.get(row.code) ?? row);
  return [...added, ...kept].map((row, id) => ({ ...row, id }));
}

/** The draft as a table from outside says; codes that it does not name are removed unless they are kept. */
export function withTable(opened: ValueMapEntries, draft: Draft, table: Listed, keepOthers: boolean): Draft {
  const listed = new Map(rowsOf(table).map((row) => [row.code, row]));
  const rows = draft.rows.flatMap((row): Row[] => {
    const said = listed.get(row.code.trim());
    if (said && !row.removed) {
      listed.delete(said.code);
      return [{ ...row, then: said.then, value: said.value }];
    }
    if (keepOthers || row.removed) return [row];
    return row.origin === null ? [] : [{ ...row, removed: true }];
  });
  const put = rows.map((row): Row => {
    // What was removed here and stands in the table is there again.
    const said = row.removed && row.origin !== null ? listed.get(row.origin) : undefined;
    if (!said) return row;
    listed.delete(said.code);
    return { ...row, code: said.code, then: said.then, value: said.value, removed: false };
  });
  const first = nextId({ rows: put });
  const added = [...listed.values()].map((row, index): Row => ({ ...row, origin: null, id: first + index }));
  return rebase(opened, opened, { ...draft, rows: [...added, ...put] });
}

/** What the draft would be saved as. */
export function entriesOf(draft: Draft): ValueMapEntries {
  return readDraft(draft).entries;
}
