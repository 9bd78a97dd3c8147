/** Words of the initial import: S-360 sends what it has had for long, through the webhooks that bring what changes today. */
import type { Stream } from "../words";

/** What S-360 sends again on request. */
export const importStreams = ["contacts-in", "orders-in"] as const satisfies readonly Stream[];
export type ImportStream = (typeof importStreams)[number];

/** `running`: records take their turn, though only the canary before somebody approves. */
export const importStates = ["running", "paused", "cancelled", "done"] as const;
export type ImportState = (typeof importStates)[number];

/** How a record of an import ended: as its state said, or written with what is live because something newer came. */
export const importEnds = ["written", "unchanged", "ignored", "waiting", "failed", "review", "live"] as const;
export type ImportEnd = (typeof importEnds)[number];

/** Ends that a later try may still mend. */
export const troubledEnds = ["waiting", "failed", "review"] as const satisfies readonly ImportEnd[];

/** What an admin may do with an import that is there. */
export const importChanges = ["approve", "more", "pause", "resume", "finish", "cancel", "write"] as const;
export type ImportChange = (typeof importChanges)[number];
