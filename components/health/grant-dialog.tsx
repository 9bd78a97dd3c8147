"use client";

import { useState, type FormEvent } from "react";
import type { BudgetStatus, StoredGrant } from "@/lib/budget/contract";
import { grantedCalls, readDailyCalls, type DailyCalls } from "@/lib/core/budget/grant";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { count } from "../ui/numbers";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { theirGrant, useGrantCalls } from "./grant-queries";

interface GrantDialogProps {
  institution: string;
  budget: BudgetStatus;
  onClose: () => void;
}

const formId = "granted-calls";

/** What the connector may use of the calls that the org allows in 24 hours. */
export function GrantDialog({ institution, budget, onClose }: GrantDialogProps) {
  const { mutate, isPending } = useGrantCalls(institution);
  const toast = useToast();
  // As it was when it was opened, whatever the page reads meanwhile.
  const [stored, setStored] = useState<StoredGrant>(budget);
  const save = (dailyCalls: DailyCalls) =>
    mutate(
      { revision: stored.revision, dailyCalls },
      {
        onSuccess: () => {
          toast.success("Saved. It counts within seconds.");
          onClose();
        },
        onError: (failed) => {
          setStored(theirGrant(failed) ?? stored);
          toast.error("It was not saved", problemSentence(failed));
        },
      },
    );
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Calls granted to this connector"
      description="Salesforce allows the org so many API calls in any 24 hours, all integrations together. The connector uses no more than is granted here."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="brand" type="submit" form={formId} busy={isPending}>
            Save
          </Button>
        </>
      }
    >
      <GrantForm stored={stored} limit={budget.limit} onSubmit={save} />
    </Dialog>
  );
}

interface GrantFormProps {
  stored: StoredGrant;
  limit: number | null;
  onSubmit: (dailyCalls: DailyCalls) => void;
}

function GrantForm({ stored, limit, onSubmit }: GrantFormProps) {
  const [text, setText] = useState(String(stored.dailyCalls));
  const [asked, setAsked] = useState(false);
  const given = readDailyCalls(text);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (given !== null) onSubmit(given);
  };
  return (
    <form id={formId} onSubmit={submit} noValidate>
      <Field
        label="Calls in 24 hours, or a share of the org’s"
        required
        help={helpOf(given, limit)}
        error={
          asked && given === null
            ? "Give a whole number such as 20000, or a share from 1% to 100%. To stop altogether, pause the streams."
            : undefined
        }
      >
        <Input value={text} autoComplete="off" onChange={({ target }) => setText(target.value)} />
      </Field>
    </form>
  );
}

function helpOf(given: DailyCalls | null, limit: number | null): string {
  const calls = given === null ? null : grantedCalls(given, limit);
  if (limit === null) return "Such as 50% or 20000. Salesforce has not said yet how many it allows.";
  if (calls === null) return `Such as 50% or 20000; Salesforce allows ${count(limit)}.`;
  return `${count(calls)} of the ${count(limit)} calls that Salesforce allows.`;
}
