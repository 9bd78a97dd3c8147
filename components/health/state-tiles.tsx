import Link from "next/link";
import type { StreamStatus } from "@/lib/connections/contract";
import type { RecordState } from "@/lib/core/words";
import { writeAddress } from "../records/address";
import { classes } from "../ui/classes";
import { count } from "../ui/numbers";
import { stateWords } from "../records/words";

const shown = [
  "idle",
  "pending",
  "waiting",
  "retrying",
  "failed",
  "review",
  "ignored",
  "held",
] as const satisfies readonly RecordState[];

const tones: Partial<Record<RecordState, "warning" | "error">> = {
  retrying: "warning",
  failed: "error",
  review: "error",
};

/** What differs in meaning on the way back. */
const outwardMeanings: Partial<Record<RecordState, string>> = {
  idle: "S-360 holds what Salesforce last told.",
  waiting: "Sent as soon as the record it refers to is in S-360.",
};

interface StateTilesProps {
  institution: string;
  stream: StreamStatus;
}

/** How many records stand where; each number leads to its records. */
export function StateTiles({ institution, stream: { name, records } }: StateTilesProps) {
  return (
    <ul className="health-tiles">
      {shown.map((state) => {
        if (state === "held" && records.held === 0) return null;
        const { label, meaning } = stateWords[state];
        const title = (name === "contacts-out" && outwardMeanings[state]) || meaning;
        const number = records[state];
        const tone = number > 0 ? tones[state] : undefined;
        const href = writeAddress(institution, { stream: name, state });
        return (
          <li key={state}>
            <Link
              href={href}
              prefetch={false}
              title={title}
              className={classes(
                "health-tile",
                number === 0 && "health-tile_none",
                tone && `health-tile_${tone}`,
              )}
            >
              <span className="health-tile__number">{count(number)}</span>
              <span className="health-tile__label">{label}</span>
            </Link>
          </li>
        );
      })}
    </ul>
  );
}
