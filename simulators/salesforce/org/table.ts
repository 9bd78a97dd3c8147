import type { SObject } from "../model/schema";
import type { FieldModel, Row, Value } from "../model/types";

/** Called with a row as it was and as it is; undefined where there is none. */
export type RowWatcher = (before: Row | undefined, after: Row | undefined) => void;

/**
 * The rows of one object with two kinds of index: by value for fields that can be a key (external ids, id lookups),
 * and by parent for lookups. Deleted rows stay until purged, but leave the indexes, as in the recycle bin.
 */
export class Table {
  private readonly rows = new Map<string, Row>();
  private readonly keyIndexes = new Map<string, Map<string, Set<string>>>();
  private readonly parentIndexes = new Map<string, Map<string, Set<string>>>();
  private readonly watchers = new Set<RowWatcher>();
  private liveCount = 0;
  private changes = 0;

  constructor(private shape: SObject) {
    this.openIndexes();
  }

  get object(): SObject {
    return this.shape;
  }

  /** Takes over the object of a changed schema: the rows stay; changed fields build the indexes again. */
  reshape(object: SObject): void {
    const isUnchanged = this.shape.model === object.model;
    this.shape = object;
    if (isUnchanged) return;
    this.openIndexes();
    this.liveCount = 0;
    for (const [id, row] of this.rows) if (!row.IsDeleted) this.index(row, id, "add");
  }

  private openIndexes(): void {
    this.keyIndexes.clear();
    this.parentIndexes.clear();
    for (const field of this.shape.model.fields) {
      if (isKey(field)) this.keyIndexes.set(field.name, new Map());
      if (field.type === "reference" && !field.referenceTo.includes("User")) {
        this.parentIndexes.set(field.name, new Map());
      }
    }
  }

  /** Grows with every change of a row: what was worked out from the rows is old when it differs. */
  get revision(): number {
    return this.changes;
  }

  get(id: string): Row | undefined {
    return this.rows.get(id);
  }

  /** Stores a row under its Id, or takes the row away when `row` is undefined. */
  set(id: string, row: Row | undefined): void {
    this.changes += 1;
    const before = this.rows.get(id);
    if (before && !before.IsDeleted) this.index(before, id, "remove");
    if (row) this.rows.set(id, row);
    else this.rows.delete(id);
    if (row && !row.IsDeleted) this.index(row, id, "add");
    for (const watcher of this.watchers) watcher(before, row);
  }

  /** Tells of every change of a row, those that take a change back too, until the answer is called. */
  watch(watcher: RowWatcher): () => void {
    this.watchers.add(watcher);
    return () => this.watchers.delete(watcher);
  }

  /** Rows in the order they were created, deleted ones included. */
  all(): IterableIterator<Row> {
    return this.rows.values();
  }

  /** Rows, deleted ones included. */
  get size(): number {
    return this.rows.size;
  }

  get countLive(): number {
    return this.liveCount;
  }

  hasKeyIndex(field: FieldModel): boolean {
    return this.keyIndexes.has(field.name);
  }

  /** Live rows whose key field holds this value, ignoring case unless the field is case-sensitive. */
  byKey(field: FieldModel, value: Value): Row[] {
    const ids = this.keyIndexes.get(field.name)?.get(keyOf(field, value));
    return this.rowsOf(ids);
  }

  /** Live rows whose lookup field points to this record. */
  byParent(field: FieldModel, parentId: string): Row[] {
    return this.rowsOf(this.parentIndexes.get(field.name)?.get(parentId));
  }

  hasParentIndex(field: FieldModel): boolean {
    return this.parentIndexes.has(field.name);
  }

  private rowsOf(ids: Set<string> | undefined): Row[] {
    const found: Row[] = [];
    for (const id of ids ?? []) {
      const row = this.rows.get(id);
      if (row) found.push(row);
    }
    return found;
  }

  private index(row: Row, id: string, action: "add" | "remove"): void {
    this.liveCount += action === "add" ? 1 : -1;
    for (const [name, index] of this.keyIndexes) {
      const value = row[name] ?? null;
      const field = this.object.field(name);
      if (value !== null && field) change(index, keyOf(field, value), id, action);
    }
    for (const [name, index] of this.parentIndexes) {
      const value = row[name];
      if (typeof value === "string") change(index, value, id, action);
    }
  }
}

function isKey(field: FieldModel): boolean {
  return field.type !== "id" && (field.externalId || field.idLookup || field.unique);
}

/** The form in which two values of a key field are the same key. */
export function keyOf(field: FieldModel, value: Value): string {
  const text = String(value);
  return field.caseSensitive ? text : text.toLowerCase();
}

function change(index: Map<string, Set<string>>, key: string, id: string, action: "add" | "remove"): void {
  const ids = index.get(key);
  if (action === "add") {
    if (ids) ids.add(id);
    else index.set(key, new Set([id]));
  } else if (ids) {
    ids.delete(id);
    if (ids.size === 0) index.delete(key);
  }
}
