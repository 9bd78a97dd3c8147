"use client";

import { useState } from "react";
import type { Census } from "@/lib/mappings/reprocess-contract";
import { Button } from "../../ui/button";
import { count, counted } from "../../ui/numbers";
import { SameConnectionLink } from "../../ui/same-connection-link";
import "./changed-fields.css";

const usuallyShown = 8;

/** What changes, field by field, and the way to the records: it may be another change than the one just made. */
export function ChangedFields({ census: { id, left, changes } }: { census: Census }) {
  const [all, setAll] = useState(false);
  const records = (
    <SameConnectionLink path="/records" query={{ census: id }} beside>
      {left === 1 ? "this record" : `these ${counted(left, "record")}`}
    </SameConnectionLink>
  );
  if (changes === null) {
    return (
      <p className="slds-m-top_x-small">
        Which fields change in {records} is told once the re-processing that runs is through, or paused.
      </p>
    );
  }
  if (changes.length === 0) return null;
  const shown = all ? changes : changes.slice(0, usuallyShown);
  return (
    <>
      <p className="slds-m-top_x-small">
        What changes in {records}, be it by this version, by a value map, or by a record that they look up and
        that came later:
      </p>
      <ul className="changed-fields" aria-label="What changes">
        {shown.map(({ change, label, records }) => (
          <li key={change}>
            {label}{" "}
            <SameConnectionLink path="/records" query={{ census: id, change }} beside>
              {count(records)}
              <span className="slds-assistive-text"> with a change of {label}</span>
            </SameConnectionLink>
          </li>
        ))}
        {changes.length > shown.length && (
          <li>
            <Button variant="base" onClick={() => setAll(true)}>
              {counted(changes.length - shown.length, "more field")}
            </Button>
          </li>
        )}
      </ul>
    </>
  );
}
