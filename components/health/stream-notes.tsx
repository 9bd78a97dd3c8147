import Link from "next/link";
import type { StreamStatus } from "@/lib/connections/contract";
import { writeAddress } from "../records/address";
import { Icon } from "../ui/icon";
import { counted } from "../ui/numbers";

interface StreamNotesProps {
  institution: string;
  stream: StreamStatus;
  /** How many of its records wait for calls to Salesforce. */
  short: number;
}

/** What waits for calls, and items that ended at the door and became no record. */
export function StreamNotes({
  institution,
  stream: { name, unusableItems, ignoredItems },
  short,
}: StreamNotesProps) {
  const link = (outcome: "failed" | "ignored") =>
    writeAddress(institution, { tab: "items", stream: name, outcome });
  return (
    <>
      {short > 0 && (
        <p className="health-note">
          {counted(short, "record")} {short === 1 ? "waits" : "wait"} for calls to Salesforce: see API calls.
        </p>
      )}
      {unusableItems > 0 && (
        <p className="health-note health-note_error">
          <Icon name="error" size="xx-small" />{" "}
          <Link prefetch={false} href={link("failed")}>
            {counted(unusableItems, "item")} could not be used
          </Link>{" "}
          in the last seven days: kept as they came, the others of their payload were not held back.
        </p>
      )}
      {ignoredItems > 0 && (
        <p className="health-note">
          <Link prefetch={false} href={link("ignored")}>
            {counted(ignoredItems, "item")} had nothing to write
          </Link>{" "}
          in the last seven days.
        </p>
      )}
    </>
  );
}
