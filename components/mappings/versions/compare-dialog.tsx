"use client";

import { useState } from "react";
import { useQuery } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { MappingDetail } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Problem } from "../../ui/problem";
import { LocalTime } from "../../ui/relative-time";
import { Select } from "../../ui/select";
import { Skeleton } from "../../ui/skeleton";
import { LineComparison } from "./line-comparison";
import { versionQuery } from "../queries";

interface CompareDialogProps {
  mapping: MappingDetail;
  /** The version that is compared with the draft at first. */
  number: number;
  /** The lines as typed. */
  draft: MappingDocument;
  unsaved: boolean;
  onRestore: (number: number) => void;
  onClose: () => void;
}

/** Stands for the draft among the numbers of versions. */
const draftChoice = "draft";

/** Any two versions, or one and the draft, side by side; each version can be restored from here. */
export function CompareDialog(props: CompareDialogProps) {
  const { mapping, number, draft, unsaved, onRestore, onClose } = props;
  const [left, setLeft] = useState(String(number));
  const [right, setRight] = useState(draftChoice);
  const before = useDocument(mapping.id, left, draft);
  const after = useDocument(mapping.id, right, draft);
  const failed = [before, after].find((side) => side.error !== null);
  const draftName = unsaved ? "Draft with your changes" : "Draft";
  const nameOf = (choice: string) => (choice === draftChoice ? draftName : `Version ${choice}`);
  const restorable = [...new Set([left, right])].filter(
    (choice) => choice !== draftChoice && Number(choice) !== mapping.published?.number,
  );
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title="Compare versions"
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          {restorable.map((choice) => (
            <Button
              key={choice}
              onClick={() => onRestore(Number(choice))}
              disabled={unsaved}
              title={unsaved ? "Save or discard your changes first" : undefined}
            >
              Restore version {choice}
            </Button>
          ))}
        </>
      }
    >
      <div className="mappings-policies">
        <SideChoice label="Compare" mapping={mapping} draftName={draftName} value={left} onChoose={setLeft} />
        <SideChoice label="With" mapping={mapping} draftName={draftName} value={right} onChoose={setRight} />
      </div>
      <div className="slds-m-top_small">
        {failed && (
          <Problem error={failed.error} title="The version could not be read" onRetry={failed.retry} />
        )}
        {!failed && before.document && after.document && (
          <LineComparison
            before={before.document}
            after={after.document}
            names={[nameOf(left), nameOf(right)]}
          />
        )}
        {!failed && !(before.document && after.document) && <Skeleton label="Reading the version" />}
      </div>
    </Dialog>
  );
}

interface SideChoiceProps {
  label: string;
  mapping: MappingDetail;
  draftName: string;
  value: string;
  onChoose: (value: string) => void;
}

function SideChoice({ label, mapping, draftName, value, onChoose }: SideChoiceProps) {
  const options = [
    { value: draftChoice, label: draftName },
    ...mapping.versions.map(({ id, number }) => ({
      value: String(number),
      label: `Version ${number}${id === mapping.published?.id ? " (published)" : ""}`,
    })),
  ];
  const version = mapping.versions.find(({ number }) => String(number) === value);
  const help = version && (
    <>
      <LocalTime at={version.at} /> · {version.by} · {version.comment}
    </>
  );
  return (
    <Field label={label} help={help ?? "What is open in the editor"}>
      <Select options={options} value={value} onChange={(event) => onChoose(event.target.value)} />
    </Field>
  );
}

interface ChosenDocument {
  readonly document: MappingDocument | undefined;
  readonly error: unknown;
  readonly retry: () => void;
}

function useDocument(mappingId: number, choice: string, draft: MappingDocument): ChosenDocument {
  const isDraft = choice === draftChoice;
  const { data, error, refetch } = useQuery({
    ...versionQuery(mappingId, Number(choice)),
    enabled: !isDraft,
  });
  const retry = () => void refetch();
  return isDraft
    ? { document: draft, error: null, retry }
    : { document: data?.document, error: data ? null : error, retry };
}
