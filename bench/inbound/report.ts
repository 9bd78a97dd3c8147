import type { Acknowledgement } from "./acknowledge";
import type { Both } from "./backlog";
import type { Cycles } from "./cycle";
import type { Peaks } from "./memory";
import type { Options } from "./options";

export type Fields = "one-way" | "two-way";
export type Who = "connector" | "jsforce arrays of 200" | "jsforce one by one";

export interface BacklogLine extends Both {
  readonly latencyMs: number;
  readonly what: "contacts" | "operations";
  readonly who: Who;
  /** Whether edits of these fields go back to S-360. */
  readonly fields: Fields;
}

/** Cycles whose contacts are new, and cycles whose contacts are linked and changed. */
export interface CyclesOf {
  readonly created: Cycles;
  readonly known: Cycles;
}

export interface Figures {
  readonly at: string;
  readonly options: Options;
  readonly machine: { readonly cores: number; readonly node: string };
  readonly backlogs: readonly BacklogLine[];
  readonly cycles: Readonly<Record<Fields, CyclesOf>>;
  readonly acknowledgement: Acknowledgement;
  /** The most that the processes held during all of it, MB. */
  readonly memoryMb: Peaks;
}
