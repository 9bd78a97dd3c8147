"use client";

import { useRef, useState, type ReactNode } from "react";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Textarea } from "../../ui/textarea";
import { LineComparison } from "../versions/line-comparison";
import { ProblemList, PublishingProblems } from "./publishing-problems";

interface PublishDialogProps {
  open: boolean;
  onOpenChange: (open: boolean) => void;
  title: string;
  /** What happens, in a sentence or two. */
  description: string;
  confirmLabel: string;
  /** What runs now; null when nothing does. */
  published: { readonly number: number; readonly document: MappingDocument } | null;
  /** What would run. */
  next: { readonly name: string; readonly document: MappingDocument };
  /** Known to stand in the way. */
  problems: readonly string[];
  suggestedComment?: string;
  /** What is known of its effect. */
  effect?: ReactNode;
  /** What must be settled in the dialog itself first. */
  gate?: ReactNode;
  gateOpen?: boolean;
  onPublish: (comment: string) => void;
  /** The same and less. */
  plainly?: { readonly label: string; readonly onPublish: (comment: string) => void };
  busy: boolean;
  error: unknown;
}

/** Asks why, shows what changes, and lists what stands in the way. */
export function PublishDialog(props: PublishDialogProps) {
  const { open, onOpenChange, title, description, confirmLabel, published, next, problems, busy, error } =
    props;
  const [comment, setComment] = useState(props.suggestedComment ?? "");
  const field = useRef<HTMLTextAreaElement>(null);
  const blocked = problems.length > 0;
  const unready = blocked || props.gateOpen === false || comment.trim() === "";
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title={title}
      description={description}
      size="medium"
      initialFocus={field}
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          {props.plainly && (
            <Button busy={busy} disabled={unready} onClick={() => props.plainly?.onPublish(comment.trim())}>
              {props.plainly.label}
            </Button>
          )}
          <Button
            variant="brand"
            busy={busy}
            disabled={unready}
            onClick={() => props.onPublish(comment.trim())}
          >
            {confirmLabel}
          </Button>
        </>
      }
    >
      {blocked && !error && <ProblemList sentences={problems} title="This stands in the way of publishing" />}
      <PublishingProblems error={error} title="Nothing was published" />
      {props.gate}
      <Field label="Why" required help={whyHelp(comment.length)}>
        <Textarea
          ref={field}
          rows={2}
          maxLength={longestWhy}
          value={comment}
          onChange={(event) => setComment(event.target.value)}
        />
      </Field>
      {props.effect}
      <h3 className="slds-text-heading_small slds-m-top_medium slds-m-bottom_x-small">What changes</h3>
      {published ? (
        <LineComparison
          before={published.document}
          after={next.document}
          names={[`Version ${published.number}`, next.name]}
        />
      ) : (
        <p>Nothing runs now: from then on records of this kind are written through this mapping.</p>
      )}
    </Dialog>
  );
}

const longestWhy = 500;
/** From here on it is told how much room is left. */
const nearlyFull = 400;

function whyHelp(length: number): string {
  const usual = "People read it in the list of versions.";
  if (length < nearlyFull) return usual;
  return length < longestWhy
    ? `${usual} ${length} of ${longestWhy} characters.`
    : `${usual} That is all it holds: ${longestWhy} characters.`;
}
