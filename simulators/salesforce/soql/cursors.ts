import { randomInt } from "node:crypto";

/** Rows of a query that did not fit on the first page, already in the form they are answered in. */
export interface QueryCursor {
  totalSize: number;
  records: readonly unknown[];
  pageSize: number;
}

/** Open cursors. A user has ten at most (SOQL limits): the eleventh takes the oldest one's place. */
export class QueryCursors {
  private readonly open = new Map<string, QueryCursor>();

  add(cursor: QueryCursor): string {
    let id = "01g";
    while (id.length < 18) id += BASE62.charAt(randomInt(BASE62.length));
    this.open.set(id, cursor);
    const [oldest] = this.open.keys();
    if (this.open.size > 10 && oldest !== undefined) this.open.delete(oldest);
    return id;
  }

  find(id: string): QueryCursor | undefined {
    return this.open.get(id);
  }

  clear(): void {
    this.open.clear();
  }
}

const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
