import type { Schema, SObject } from "../model/schema";
import type { Row } from "../model/types";
import { Table } from "./table";

interface JournalEntry {
  table: Table;
  id: string;
  before: Row | undefined;
}

/** All tables of the org, with a journal so that a request can take back what it wrote. */
export class Store {
  private readonly tables = new Map<string, Table>();
  private journal: JournalEntry[] = [];
  /** Called after every write; the state file hangs on it. */
  onWrite: (table: Table, id: string) => void = () => undefined;

  constructor(schema: Schema) {
    for (const object of schema.objects) this.tables.set(object.name, new Table(object));
  }

  /** Takes over a changed schema: new objects get a table, known ones new indexes; rows stay. */
  define(schema: Schema): void {
    for (const object of schema.objects) {
      const table = this.tables.get(object.name);
      if (!table) this.tables.set(object.name, new Table(object));
      else if (table.object !== object) table.reshape(object);
    }
  }

  table(object: SObject): Table {
    const table = this.tables.get(object.name);
    if (!table) throw new Error(`There is no table for ${object.name}.`);
    return table;
  }

  all(): IterableIterator<Table> {
    return this.tables.values();
  }

  /** Rows of all tables, deleted ones included. */
  get rowCount(): number {
    let count = 0;
    for (const table of this.tables.values()) count += table.size;
    return count;
  }

  put(object: SObject, row: Row): void {
    const table = this.table(object);
    const id = String(row.Id);
    this.journal.push({ table, id, before: table.get(id) });
    table.set(id, row);
    this.onWrite(table, id);
  }

  /** Takes a row away for good. */
  remove(object: SObject, id: string): void {
    const table = this.table(object);
    this.journal.push({ table, id, before: table.get(id) });
    table.set(id, undefined);
    this.onWrite(table, id);
  }

  /** A mark to roll back to. */
  mark(): number {
    return this.journal.length;
  }

  rollBackTo(mark: number): void {
    while (this.journal.length > mark) {
      const entry = this.journal.pop();
      if (!entry) continue;
      entry.table.set(entry.id, entry.before);
      this.onWrite(entry.table, entry.id);
    }
  }

  /** Ends a request: what was written can no longer be taken back. */
  commit(): void {
    this.journal = [];
  }
}
