"use client";

import { useState } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { Kind } from "@/lib/core/words";
import type { Sample, SampleSale } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { Problem } from "../../ui/problem";
import { RelativeTime } from "../../ui/relative-time";
import { Skeleton } from "../../ui/skeleton";
import { PickDialog } from "../pick-dialog";
import { samplesQuery } from "../queries";
import { useDebounced } from "../use-debounced";

interface SamplePickerProps {
  mappingId: number;
  kind: Kind;
  sample: Sample | null;
  /** The name of the golden sample that is tried in the place of a record. */
  golden: string | null;
  onPick: (sample: Sample) => void;
}

/** The real record that results are shown for. */
export function SamplePicker({ mappingId, kind, sample, golden, onPick }: SamplePickerProps) {
  const [open, setOpen] = useState(false);
  const [search, setSearch] = useState("");
  const query = useQuery({
    ...samplesQuery(mappingId, useDebounced(search, 300)),
    enabled: open,
    placeholderData: keepPreviousData,
  });
  return (
    <>
      <Button icon="search" onClick={() => setOpen(true)} className="mappings-sample">
        {buttonWords(sample, golden)}
      </Button>
      <PickDialog
        open={open}
        onOpenChange={setOpen}
        title="Try on a record"
        description="Recent records from S-360. Nothing is written."
        searchLabel={
          kind === "operation"
            ? "Find by order id, operation id, file id, contact number or product"
            : "Find by S-360 number, e-mail or name"
        }
        search={search}
        onSearch={setSearch}
        picks={(query.data ?? []).map((each) => ({
          key: String(each.recordId),
          title: each.label ?? each.key,
          details: (
            <>
              {each.key}
              {each.sale && ` · ${saleWords(each.sale)}`} · changed <RelativeTime at={each.updatedAt} />
            </>
          ),
        }))}
        onPick={(key) => {
          const picked = query.data?.find(({ recordId }) => String(recordId) === key);
          if (picked) onPick(picked);
          setOpen(false);
        }}
        footer={<Button onClick={() => setOpen(false)}>Cancel</Button>}
      >
        {query.isPending && <Skeleton label="Looking for records" />}
        {query.error && <Problem error={query.error} title="The records could not be read" />}
        <p className="slds-m-top_small" role="status">
          {query.data?.length === 0 && (search.trim() === "" ? nothingYet : nothingFound(kind))}
        </p>
      </PickDialog>
    </>
  );
}

const nothingYet =
  "Nothing of this kind has come from S-360 yet. Results appear with the first record; until then write lines by what S-360’s documentation knows.";

function nothingFound(kind: Kind): string {
  return kind === "operation"
    ? "No sale matches. Order, operation, file and contact numbers are looked for whole; file numbers and products among the latest 5,000 sales."
    : "No record matches. Numbers, e-mails and names are looked for whole, parts of a name or number among the latest 5,000 records.";
}

function saleWords({ order, buyer, amount }: SampleSale): string {
  return [`order ${order}`, buyer && `buyer ${buyer}`, amount].filter(Boolean).join(" · ");
}

function buttonWords(sample: Sample | null, golden: string | null): string {
  if (golden !== null) return `Try on golden sample ${golden}`;
  return sample ? `Try on ${sampleName(sample)}` : "Choose a record to try it on";
}

function sampleName({ label, key }: Sample): string {
  return label ? `${label} (${key})` : key;
}
