import type { ImportCounts } from "@/lib/imports/contract";
import { classes } from "../ui/classes";
import { count } from "../ui/numbers";
import { endWords } from "./words";

const shown = [
  "held",
  "going",
  "written",
  "unchanged",
  "live",
  "waiting",
  "failed",
  "review",
  "ignored",
] as const;
const always = new Set<string>(["held", "going", "written"]);

/** How many records of an import stand where. */
export function EndTiles({ counts }: { counts: ImportCounts }) {
  const numbers = { ...counts.ends, held: counts.held, going: counts.going };
  return (
    <dl className="imports-tiles">
      {shown
        .filter((name) => always.has(name) || numbers[name] > 0)
        .map((name) => {
          const { label, meaning, tone } = endWords[name];
          return (
            <div
              key={name}
              title={meaning}
              className={classes("imports-tile", tone && `imports-tile_${tone}`)}
            >
              <dt>{label}</dt>
              <dd>{count(numbers[name])}</dd>
            </div>
          );
        })}
    </dl>
  );
}
