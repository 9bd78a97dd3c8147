import { z } from "zod";

/** Who changes contacts: a caller of the API, an operator on the pages or by control, the venue's own life. */
const writer = z.enum(["api", "operator", "venue"]);
const lastWrite = z.object({ key: z.string(), by: writer, at: z.string() });

export const lastWritesSnapshot = z.array(lastWrite);
export type Writer = z.infer<typeof writer>;
type LastWrite = z.infer<typeof lastWrite>;

/** Who wrote each contact last, and when. Contacts that are as the venue was set up are not in here. */
export class LastWrites {
  private byKey = new Map<string, LastWrite>();

  note(key: string, by: Writer, at: Date): void {
    this.byKey.set(key, { key, by, at: at.toISOString() });
  }

  of(key: string): LastWrite | undefined {
    return this.byKey.get(key);
  }

  forget(key: string): void {
    this.byKey.delete(key);
  }

  clear(): void {
    this.byKey.clear();
  }

  snapshot(): LastWrite[] {
    return [...this.byKey.values()];
  }

  restore(writes: readonly LastWrite[]): void {
    this.byKey = new Map(writes.map((each) => [each.key, each]));
  }
}
