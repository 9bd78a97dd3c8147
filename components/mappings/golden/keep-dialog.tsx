"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GoldenProposal } from "@/lib/mappings/golden-contract";
import type { Sample } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Problem } from "../../ui/problem";
import { counted } from "../../ui/numbers";
import { Alert } from "../../ui/alert";
import { Skeleton } from "../../ui/skeleton";
import { Textarea } from "../../ui/textarea";
import type { Editor } from "../editor/use-editor";
import { useDebounced } from "../use-debounced";
import { ExpectedResult, resultsOf, WhichResult } from "./keep-expected";
import { goldenKey, keepGolden, proposalQuery } from "./queries";
import { readSource } from "./read-source";
import "./golden.css";

interface KeepDialogProps {
  editor: Editor;
  sample: Sample;
  onClose: () => void;
}

/** What would be kept of a record, beside what it was: a person looks before it is stored. */
export function KeepDialog({ editor, sample, onClose }: KeepDialogProps) {
  const mappingId = editor.mapping.id;
  const results = resultsOf(editor);
  const [chosen, setChosen] = useState(results[0].value);
  const { document } = results.find(({ value }) => value === chosen) ?? results[0];
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
  const { data: tried, isPlaceholderData: isOlder } = text !== null && retried.data ? retried : proposed;
  const read = readSource(shown);
  const title = name ?? proposed.data?.name ?? "";
  const keep = useMutation({
    mutationFn: () =>
      keepGolden(mappingId, { name: title.trim(), recordId, source: read.source ?? {}, document }),
    onSuccess: onClose,
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mappingId) }),
  });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title="Keep this record as a golden sample"
      description="What may be somebody’s becomes a made-up value of the same shape before it is kept."
      size="large"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="brand"
            busy={keep.isPending}
            disabled={title.trim() === "" || read.source === null || isOlder}
            onClick={() => keep.mutate()}
          >
            Keep
          </Button>
        </>
      }
    >
      <Field label="Name" required help="What it stands for, such as a child without an e-mail.">
        <Input value={title} maxLength={80} onChange={(event) => setName(event.target.value)} />
      </Field>
      {proposed.isPending && <Skeleton label="Making it up" />}
      {proposed.error && <Problem error={proposed.error} title="The record could not be read" />}
      {keep.error && <Problem error={keep.error} title="The sample was not kept" />}
      {proposed.data && (
        <>
          <div className="golden-sides">
            <Replaced proposal={proposed.data} />
            <Field
              label="What is kept"
              error={read.problem}
              help="Take members out, empty them or change codes. Another text that you type is made up once more before it is kept."
            >
              <Textarea
                rows={16}
                className="golden-source"
                spellCheck={false}
                value={shown}
                onChange={(event) => setText(event.target.value)}
              />
            </Field>
          </div>
          {text !== null && retried.data && <MadeUpAgain replacements={retried.data.replacements} />}
          {retried.error && <Problem error={retried.error} title="It could not be tried" />}
          <WhichResult editor={editor} results={results} value={chosen} onChange={setChosen} />
          {tried && <ExpectedResult {...tried.expected} />}
        </>
      )}
    </Dialog>
  );
}

type Replacements = Pick<GoldenProposal, "replacements">;

/** What was typed is treated like what was sent: nobody knows whose it is. */
function MadeUpAgain({ replacements }: Replacements) {
  if (replacements.length === 0) return null;
  return (
    <Alert
      tone="info"
      live
      className="slds-m-top_small"
      title={`Of what you typed, ${counted(replacements.length, "value is", "values are")} kept as made up`}
    >
      <ReplacementList replacements={replacements} />
    </Alert>
  );
}

function Replaced({ proposal: { replacements } }: { proposal: GoldenProposal }) {
  return (
    <section aria-label="Replaced">
      <h3 className="slds-text-title">Replaced: {replacements.length}</h3>
      <p className="mappings-quiet">
        Codes, yes and no, amounts, what is sold, and the words that your mappings and value maps name stay.
        Of the rest names become names, dates dates and texts other letters, the same value always the same.
      </p>
      <ReplacementList replacements={replacements} />
    </section>
  );
}

function ReplacementList({ replacements }: Replacements) {
  return (
    <dl className="golden-values">
      {replacements.map(({ path, from, to }) => (
        <div key={`${path} ${from}`}>
          <dt>{path}</dt>
          <dd>
            {from} <span aria-hidden="true">→</span>
            <span className="slds-assistive-text">becomes</span> <strong>{to}</strong>
          </dd>
        </div>
      ))}
    </dl>
  );
}
