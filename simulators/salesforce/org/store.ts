import type { Schema, SObject } from "../model/schema";
import type { Row } from "../model/types";
import { Table } from "./table";

/** Takes one change back. */
type Undo = () => void;

/** All tables of the org, with a journal so that a request can take back what it wrote. */
export class Store {
  private readonly tables = new Map<string, Table>();
  private journal: Undo[] = [];
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

  /** Whether this is a table of this store, not of another org's. */
  owns(table: Table): boolean {
    return this.tables.get(table.object.name) === table;
  }

  all(): IterableIterator<Table> {
    return this.tables.values();
  }

  put(object: SObject, row: Row): void {
    const table = this.table(object);
    const id = String(row.Id);
    this.write(table, id, row);
  }

  /** Takes a row away for good. */
  remove(object: SObject, id: string): void {
    const table = this.table(object);
    this.write(table, id, undefined);
  }

  private write(table: Table, id: string, row: Row | undefined): void {
    const before = table.get(id);
    this.journal.push(() => {
      table.set(id, before);
      this.onWrite(table, id);
    });
    table.set(id, row);
    this.onWrite(table, id);
  }

  /** For what changes along with rows: how to take it back should they be. */
  onRollBack(undo: Undo): void {
    this.journal.push(undo);
  }

  /** A mark to roll back to. */
  mark(): number {
    return this.journal.length;
  }

  rollBackTo(mark: number): void {
    while (this.journal.length > mark) {
      this.journal.pop()?.();
    }
  }

  /** Ends a request: what was written can no longer be taken back. */
  commit(): void {
    this.journal = [];
  }
}
