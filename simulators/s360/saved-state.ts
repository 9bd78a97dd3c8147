import { z } from "zod";
import { apiSnapshotSchema, type ApiSnapshot } from "./api/api";
import type { NumbersSnapshot } from "./demo/numbers";
import type { Json, JsonObject } from "./venue/json";
import { lastWritesSnapshot } from "./venue/last-writes";
import type { Stream } from "./venue/venue";
import type { QueueSnapshot } from "./webhook/bucket-queue";

export type SavedState = {
  institution: string;
  random: number;
  numbers: NumbersSnapshot;
  contacts: Json[];
  orders: Json[];
  queues: Record<Stream, QueueSnapshot>;
  /** Null in files from before there was an API side. */
  api: ApiSnapshot | null;
  writes: z.infer<typeof lastWritesSnapshot>;
};

const count = z.number().int().min(0);
const bucket = z.object({
  number: count,
  keys: z.array(z.string()),
  tries: count,
  lastOutcome: z.string().nullable(),
});
const queue = z.object({ changed: z.array(z.string()), waiting: z.array(bucket), nextBucket: count });
const bodies = z.array(z.custom<Json>((value) => typeof value === "object" && value !== null));

const schema: z.ZodType<SavedState> = z.object({
  institution: z.string(),
  random: z.number(),
  numbers: z.object({
    contacts: count,
    addresses: count,
    communicationMeans: count,
    orders: count,
    operations: count,
    files: count,
  }),
  contacts: bodies,
  orders: bodies,
  queues: z.object({ contacts: queue, orders: queue }),
  api: apiSnapshotSchema.nullable().default(null),
  writes: lastWritesSnapshot.default([]),
});

/** Checks what a state file held. Throws Error with a sentence when another program or institution wrote it. */
export function readSavedState(saved: JsonObject, institution: string): SavedState {
  const state = schema.safeParse(saved);
  if (!state.success)
    throw new Error("The state file was not written by this simulator. Delete it to start anew.");
  if (state.data.institution !== institution)
    throw new Error(
      `The state file belongs to the institution ${state.data.institution}, not ${institution}.`,
    );
  return state.data;
}
