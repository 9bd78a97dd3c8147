"use client";

import { useQuery } from "@tanstack/react-query";
import type { OfferedValues } from "@/lib/mappings/contract";
import { Card } from "../ui/card";
import { count } from "../ui/numbers";
import { offeredListId, offeredTexts } from "./offered";
import { offeredQuery } from "./queries";
import type { ValueMapEditor } from "./use-value-map";
import { Uses } from "./uses";

/** Which lines the map is for, and what their fields take. The values are offered wherever one is typed. */
export function UsesCard({ editor: { place, opened } }: { editor: ValueMapEditor }) {
  const { data: offered = [] } = useQuery(offeredQuery(place));
  return (
    <Card title="Used by" icon="mapping">
      <Uses uses={opened.uses} />
      {offered.map((field) => (
        <Taken key={`${field.object} ${field.field}`} field={field} />
      ))}
      <datalist id={offeredListId}>
        {offeredTexts(offered).map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </Card>
  );
}

const shown = 20;

function Taken({ field: { object, field, label, restricted, values } }: { field: OfferedValues }) {
  const more = values.length - shown;
  return (
    <p className="slds-m-top_x-small value-maps-taken">
      {label} of {object} (<code>{field}</code>) {restricted ? "takes only" : "lists"}{" "}
      {values.slice(0, shown).join(", ") || "no value"}
      {more > 0 && ` and ${count(more)} more`}.
    </p>
  );
}
