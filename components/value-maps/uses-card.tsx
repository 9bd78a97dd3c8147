"use client";

import { useQuery } from "@tanstack/react-query";
import type { UsedField } from "@/lib/mappings/value-map-contract";
import { Card } from "../ui/card";
import { count } from "../ui/numbers";
import { usedFieldsQuery } from "./queries";
import type { ValueMapEditor } from "./use-value-map";
import { offeredListId, offeredTexts } from "./used-fields";
import { Uses } from "./uses";

/** Which lines the map is for, and what their fields take. The values are offered wherever one is typed. */
export function UsesCard({ editor: { place, opened } }: { editor: ValueMapEditor }) {
  const { data: fields = [] } = useQuery(usedFieldsQuery(place));
  return (
    <Card title="Used by" icon="mapping">
      <Uses
        uses={opened.uses}
        about={({ object, target }) => {
          const field = fields.find((each) => each.object === object && each.target === target);
          return field && { label: field.label, details: takenText(field) };
        }}
      />
      <datalist id={offeredListId}>
        {offeredTexts(fields).map((value) => (
          <option key={value} value={value} />
        ))}
      </datalist>
    </Card>
  );
}

const shown = 20;

function takenText({ restricted, values }: UsedField): string | undefined {
  if (values.length === 0) return restricted ? "A picklist without values: it takes none." : undefined;
  const more = values.length - shown;
  const listed = `${values.slice(0, shown).join(", ")}${more > 0 ? ` and ${count(more)} more` : ""}`;
  return `${restricted ? "Takes only" : "Its picklist has"}: ${listed}`;
}
