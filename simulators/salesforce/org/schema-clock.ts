import type { Schema } from "../model/schema";

const SECOND_MS = 1000;

/**
 * When the schema that a user sees last changed, for conditional describes. HTTP dates have whole seconds, so each
 * change counts at least one second after the one before.
 */
export class SchemaClock {
  private readonly seen = new Map<string, { schema: Schema; changedAtMs: number }>();

  constructor(private readonly start: Date) {}

  /** Whole seconds. A schema is another one when it is another object: schemas are never changed in place. */
  lastChange(userId: string, schema: Schema, now: Date): Date {
    const before = this.seen.get(userId);
    if (before?.schema === schema) return new Date(before.changedAtMs);
    const moment = wholeSeconds(before ? now : this.start);
    const changedAtMs = before ? Math.max(moment, before.changedAtMs + SECOND_MS) : moment;
    this.seen.set(userId, { schema, changedAtMs });
    return new Date(changedAtMs);
  }
}

function wholeSeconds(moment: Date): number {
  return Math.floor(moment.getTime() / SECOND_MS) * SECOND_MS;
}
