import type { RecordState } from "@/lib/core/words";
import type { ImportStatus } from "@/lib/imports/contract";
import { classes } from "../ui/classes";
import { count } from "../ui/numbers";
import { SameConnectionLink } from "../ui/same-connection-link";
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
type End = (typeof shown)[number];

const always = new Set<string>(["held", "going", "written"]);

/** Ends of which a person may want to see the records: the list of records has the same words for them. */
const listed = ["held", "waiting", "failed", "review"] as const satisfies readonly (End & RecordState)[];

/** How many records of an import stand where; what is not in Salesforce leads to its records. */
export function EndTiles({ run: { id, counts } }: { run: ImportStatus }) {
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
              <dd>
                <Number id={id} name={name} number={numbers[name]} />
              </dd>
            </div>
          );
        })}
    </dl>
  );
}

function Number({ id, name, number }: { id: number; name: End; number: number }) {
  const state = listed.find((candidate) => candidate === name);
  if (!state || number === 0) return count(number);
  return (
    <SameConnectionLink path="/records" query={{ imported: id, state }}>
      {count(number)}
      <span className="slds-assistive-text">
        {` ${endWords[name].label.toLowerCase()}: show the records`}
      </span>
    </SameConnectionLink>
  );
}
