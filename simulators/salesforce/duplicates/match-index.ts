import { matchKey, type Match } from "./duplicate-rule";
import type { Table } from "../org/table";
import type { Row } from "../model/types";

/** Live rows of one object by what a rule compares, kept while rows come, change and go. */
export class MatchIndex {
  private readonly byKey = new Map<string, Set<string>>();
  private readonly stopWatching: () => void;

  constructor(
    table: Table,
    private readonly matches: readonly Match[],
  ) {
    for (const row of table.all()) this.change(undefined, row);
    this.stopWatching = table.watch((before, after) => this.change(before, after));
  }

  /** Ids of the rows that match this one, itself among them if it is stored. */
  find(row: Row): ReadonlySet<string> {
    const key = matchKey(this.matches, row);
    return (key === undefined ? undefined : this.byKey.get(key)) ?? new Set();
  }

  close(): void {
    this.stopWatching();
  }

  private change(before: Row | undefined, after: Row | undefined): void {
    const oldKey = this.keyOf(before);
    const newKey = this.keyOf(after);
    if (oldKey === newKey) return;
    if (oldKey !== undefined) this.drop(oldKey, String(before?.Id));
    if (newKey === undefined) return;
    const ids = this.byKey.get(newKey);
    if (ids) ids.add(String(after?.Id));
    else this.byKey.set(newKey, new Set([String(after?.Id)]));
  }

  /** The contacts of person accounts are matched as accounts. */
  private keyOf(row: Row | undefined): string | undefined {
    const isPersonsContact = row?.IsPersonAccount === true && row.AccountId !== undefined;
    return row && !row.IsDeleted && !isPersonsContact ? matchKey(this.matches, row) : undefined;
  }

  private drop(key: string, id: string): void {
    const ids = this.byKey.get(key);
    ids?.delete(id);
    if (ids?.size === 0) this.byKey.delete(key);
  }
}
