"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { standingWords } from "@/lib/core/mapping/golden/golden";
import type { GoldenProposal } from "@/lib/mappings/golden-contract";
import type { Sample } from "@/lib/mappings/contract";
import { Value } from "../../records/value";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Problem } from "../../ui/problem";
import { Skeleton } from "../../ui/skeleton";
import { Textarea } from "../../ui/textarea";
import { useFieldText } from "../field-labels";
import { useDebounced } from "../use-debounced";
import { goldenKey, keepGolden, proposalQuery } from "./queries";
import { readSource } from "./read-source";
import "./golden.css";

interface KeepDialogProps {
  mappingId: number;
  document: MappingDocument;
  sample: Sample;
  onClose: () => void;
}

/** What would be kept of a record, beside what it was: a person looks before it is stored. */
export function KeepDialog({ mappingId, document, sample, onClose }: KeepDialogProps) {
  const [name, setName] = useState<string | null>(null);
  const [text, setText] = useState<string | null>(null);
  const client = useQueryClient();
  const { recordId } = sample;
  const proposed = useQuery({ ...proposalQuery(mappingId, { recordId, document }), staleTime: Infinity });
  const shown = text ?? (proposed.data ? JSON.stringify(proposed.data.source, null, 2) : "");
  const typed = readSource(useDebounced(shown, 500));
  const retried = useQuery({
    ...proposalQuery(mappingId, { recordId, document, source: typed.source ?? undefined }),
    enabled: text !== null && typed.source !== null,
  });
  const read = readSource(shown);
  const title = name ?? proposed.data?.name ?? "";
  const keep = useMutation({
    mutationFn: () => keepGolden(mappingId, { name: title.trim(), source: read.source ?? {}, document }),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mappingId) }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Keep this record as a golden sample"
      description="Personal data is replaced by made-up values of the same shape. Look through it before you keep it: what your venue calls its own is known to you only."
      size="large"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="brand"
            busy={keep.isPending}
            disabled={title.trim() === "" || read.source === null}
            onClick={() => keep.mutate()}
          >
            Keep
          </Button>
        </>
      }
    >
      {proposed.isPending && <Skeleton label="Making it up" />}
      {proposed.error && <Problem error={proposed.error} title="The record could not be read" />}
      {keep.error && <Problem error={keep.error} title="The sample was not kept" />}
      {proposed.data && (
        <>
          <Field label="Name" required help="What it stands for, such as a child without an e-mail.">
            <Input value={title} maxLength={80} onChange={(event) => setName(event.target.value)} />
          </Field>
          <div className="golden-sides">
            <Replaced proposal={proposed.data} />
            <Field label="What is kept" error={read.problem}>
              <Textarea
                rows={16}
                className="golden-source"
                spellCheck={false}
                value={shown}
                onChange={(event) => setText(event.target.value)}
              />
            </Field>
          </div>
          {retried.error && <Problem error={retried.error} title="It could not be tried" />}
          <Expected proposal={(text !== null && retried.data) || proposed.data} />
        </>
      )}
    </Dialog>
  );
}

function Replaced({ proposal: { replacements } }: { proposal: GoldenProposal }) {
  return (
    <section aria-label="Replaced">
      <h3 className="slds-text-title">Replaced: {replacements.length}</h3>
      <dl className="golden-values">
        {replacements.map(({ path, from, to }) => (
          <div key={path}>
            <dt>{path}</dt>
            <dd>
              {from} <span aria-hidden="true">→</span>
              <span className="slds-assistive-text">becomes</span> <strong>{to}</strong>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function Expected({ proposal: { expected } }: { proposal: GoldenProposal }) {
  const textOf = useFieldText();
  return (
    <section aria-label="Expected result" className="slds-m-top_medium">
      <h3 className="slds-text-title">Expected from now on</h3>
      <dl className="golden-values golden-values_short">
        <div>
          <dt>The record</dt>
          <dd>{standingWords(expected.standing)}</dd>
        </div>
        {Object.entries(expected.fields).map(([field, result]) => (
          <div key={field}>
            <dt>{textOf(field)}</dt>
            <dd>{"problem" in result ? `Held: ${result.problem}` : <Value value={result.value} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
