"use client";

import { useQuery } from "@tanstack/react-query";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import type { Otherwise } from "./draft";
import { usedFieldsQuery } from "./queries";
import { cautionAbout, offeredListId } from "./used-fields";
import { ValueCaution } from "./value-caution";
import type { ValueMapEditor } from "./use-value-map";
import { otherwiseLabels } from "./words";

const options = Object.entries(otherwiseLabels).map(([value, label]) => ({ value, label }));

/** What becomes of codes that are not listed. */
export function OtherwiseCard({ editor: { place, draft, edit, read } }: { editor: ValueMapEditor }) {
  const { data: offered = [] } = useQuery(usedFieldsQuery(place));
  const setFallback = (fallback: string) => edit((current) => ({ ...current, fallback }));
  const caution = read.fallbackProblem ? null : cautionAbout(draft.fallback, offered);
  return (
    <Card title="Other codes">
      <div className="value-maps-otherwise">
        <Field label="When a code is not listed,">
          <Select
            options={options}
            value={draft.otherwise}
            onChange={({ target }) =>
              edit((current) => ({ ...current, otherwise: target.value as Otherwise }))
            }
          />
        </Field>
        {draft.otherwise === "default" && (
          <Field
            label="Default value"
            error={read.fallbackProblem}
            help={caution && <ValueCaution caution={caution} onUse={setFallback} />}
            required
          >
            <Input
              list={offeredListId}
              autoComplete="off"
              value={String(draft.fallback)}
              onChange={({ target }) => setFallback(target.value)}
            />
          </Field>
        )}
      </div>
    </Card>
  );
}
