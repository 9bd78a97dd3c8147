"use client";

import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { mostCompared, usuallyCompared } from "@/lib/comparison/contract";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { count, counted } from "../../ui/numbers";
import { Select } from "../../ui/select";
import { costsQuery } from "./queries";

const sizes = [100, usuallyCompared, 2_000, mostCompared];

interface ComparisonFormProps {
  mappingId: number;
  busy: boolean;
  /** Why comparing makes no sense now; null when it does. */
  blocked: string | null;
  onBegin: (given: { wanted: number; fresh: boolean }) => void;
}

/** How many records to compare, with what, and what it costs. */
export function ComparisonForm({ mappingId, busy, blocked, onBegin }: ComparisonFormProps) {
  const [wanted, setWanted] = useState(usuallyCompared);
  const [fresh, setFresh] = useState(false);
  const costs = useQuery(costsQuery(mappingId, wanted)).data;
  const empty = costs?.compared === 0 ? "Nothing of this kind has come from S-360 yet." : null;
  const price = fresh ? (costs ? `Usually ${counted(costs.calls, "API call")}` : "…") : "No API calls";
  return (
    <div className="comparison-form">
      <Field label="Latest records">
        <Select
          value={String(wanted)}
          onChange={(event) => setWanted(Number(event.target.value))}
          options={sizes.map((size) => ({ value: String(size), label: count(size) }))}
        />
      </Field>
      <Field label="Compared with">
        <Select
          value={fresh ? "fresh" : "known"}
          onChange={(event) => setFresh(event.target.value === "fresh")}
          options={[
            { value: "known", label: "What the connector knows" },
            { value: "fresh", label: "Salesforce, asked now" },
          ]}
        />
      </Field>
      <div className="comparison-form__go">
        <Button
          variant="outline-brand"
          busy={busy}
          disabled={blocked !== null || empty !== null}
          onClick={() => onBegin({ wanted, fresh })}
        >
          Compare
        </Button>
        <span className="mappings-quiet">{blocked ?? empty ?? `${price}. Nothing is written.`}</span>
      </div>
    </div>
  );
}
