import { matchKey, type Match, type StoredDuplicateRule } from "./duplicate-rule";
import { MatchIndex } from "./match-index";
import type { Row } from "../model/types";
import type { Table } from "../org/table";

interface ActiveRule {
  stored: StoredDuplicateRule;
  matches: readonly Match[];
  index: MatchIndex;
}

/** The duplicate rules of an org, each with an index, so that no save has to look through a table. */
export class DuplicateRules {
  private active: ActiveRule[] = [];
  /** Rows that are saved together are not compared with each other. */
  private together: Set<string> | undefined;

  add(stored: StoredDuplicateRule, matches: readonly Match[], table: Table): void {
    this.active.push({ stored, matches, index: new MatchIndex(table, matches) });
  }

  /** Takes away the rule with this id, or all. */
  remove(id: string | null): void {
    for (const rule of this.active) if (id === null || rule.stored.id === id) rule.index.close();
    this.active = this.active.filter((rule) => id !== null && rule.stored.id !== id);
  }

  list(): StoredDuplicateRule[] {
    return this.active.map(({ stored }) => stored);
  }

  /** Rules of an object, in the order they were added. */
  of(objectName: string): StoredDuplicateRule[] {
    return this.active.filter(({ stored }) => stored.object === objectName).map(({ stored }) => stored);
  }

  /** Whether the rule compares something that differs between the two rows. */
  comparesChanged(ruleId: string, before: Row, after: Row): boolean {
    const rule = this.active.find(({ stored }) => stored.id === ruleId);
    return rule !== undefined && matchKey(rule.matches, before) !== matchKey(rule.matches, after);
  }

  /** Ids of live rows that the rule takes for the same as this one. */
  matchesOf(ruleId: string, row: Row): string[] {
    const rule = this.active.find(({ stored }) => stored.id === ruleId);
    const found = rule ? [...rule.index.find(row)] : [];
    return found.filter((id) => id !== row.Id && !this.together?.has(id));
  }

  /**
   * Runs saves that Salesforce makes at once: its rules compare a row with what was in the database before, never with
   * the other rows of its chunk.
   */
  asOneChunk<Result>(save: () => Result): Result {
    this.together = new Set();
    try {
      return save();
    } finally {
      this.together = undefined;
    }
  }

  /** Tells of a row just saved in a chunk. */
  noteSaved(id: string): void {
    this.together?.add(id);
  }
}
