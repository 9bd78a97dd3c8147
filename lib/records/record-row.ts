/** A record as the database names it, and how it stands in the direction that was asked for. */
import type { Fault } from "@/lib/core/faults";
import type { Family, Kind, RecordState } from "@/lib/core/words";

export interface RecordRow extends Record<string, unknown> {
  id: string;
  family: Family;
  key: string;
  kind: Kind | null;
  label: string | null;
  state: RecordState | null;
  fault: Fault | null;
}
