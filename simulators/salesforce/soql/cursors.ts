import { randomInt } from "node:crypto";
import type { QueryList } from "./query-list";
import type { Schema } from "../model/schema";
import { BASE62 } from "../model/base-62";

/** Who opens a cursor or reads from it, and what this user may see at that moment. */
interface Reader {
  readonly userId: string;
  readonly schema: Schema;
}

interface OpenCursor extends Reader {
  readonly list: QueryList;
  readonly pageSize: number;
  readonly openedMs: number;
  /** Whether it holds the children of one record, which belong to a cursor that is counted already. */
  readonly isChild: boolean;
}

const CURSOR_LIFE_MS = 2 * 24 * 3_600_000;
const MAX_CURSORS_OF_USER = 10;
const MAX_CHILD_CURSORS = 2000;

/**
 * Results that wait to be fetched page by page. A cursor lives two days; a user has ten at most, the eleventh takes the
 * oldest one's place (SOQL limits).
 */
export class QueryCursors {
  private readonly open = new Map<string, OpenCursor>();

  add(list: QueryList, { userId, schema }: Reader, pageSize: number, now: Date, isChild = false): string {
    let id = "01g";
    while (id.length < 18) id += BASE62.charAt(randomInt(BASE62.length));
    this.open.set(id, { list, userId, schema, pageSize, openedMs: now.getTime(), isChild });
    this.drop(
      ([, other]) => other.isChild === isChild && (isChild || other.userId === userId),
      isChild ? MAX_CHILD_CURSORS : MAX_CURSORS_OF_USER,
    );
    return id;
  }

  /**
   * The cursor, while it lives, to the user who opened it, as long as this user sees all that was to be seen then: the
   * pages to come would show what a user has lost the right to.
   */
  find(id: string, { userId, schema }: Reader, now: Date): Pick<OpenCursor, "list" | "pageSize"> | undefined {
    const cursor = this.open.get(id);
    if (cursor?.userId !== userId) return undefined;
    if (now.getTime() - cursor.openedMs > CURSOR_LIFE_MS) {
      this.open.delete(id);
      return undefined;
    }
    return seesAll(schema, cursor.schema) ? cursor : undefined;
  }

  /** Ends all cursors now, as their age would. @returns how many there were */
  expireAll(): number {
    const count = this.open.size;
    this.open.clear();
    return count;
  }

  /** Keeps the newest of some cursors. */
  private drop(isMeant: (entry: [string, OpenCursor]) => boolean, kept: number): void {
    const meant = [...this.open].filter(isMeant);
    for (const [id] of meant.slice(0, Math.max(0, meant.length - kept))) this.open.delete(id);
  }
}

/** Whether one schema has every object and field of another. */
function seesAll(schema: Schema, wanted: Schema): boolean {
  if (schema === wanted) return true;
  return wanted.objects.every(({ name, model }) => {
    const object = schema.find(name);
    if (object?.model === model) return true;
    return object !== undefined && model.fields.every((field) => object.field(field.name));
  });
}
