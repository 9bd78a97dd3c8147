"use client";

import { useState, type FormEvent } from "react";
import { useQuery } from "@tanstack/react-query";
import type { BudgetStatus, StoredGrant } from "@/lib/budget/contract";
import { grantedCalls, readDailyCalls, type DailyCalls } from "@/lib/core/budget/grant";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { count } from "../ui/numbers";
import { Problem, problemSentence } from "../ui/problem";
import { Skeleton } from "../ui/skeleton";
import { useToast } from "../ui/toast";
import { grantQuery, theirGrant, useGrantCalls } from "./grant-queries";

interface GrantDialogProps {
  institution: string;
  budget: BudgetStatus;
  onClose: () => void;
}

const formId = "granted-calls";

/** What the connector may use of the calls that the org allows in 24 hours. */
export function GrantDialog({ institution, budget, onClose }: GrantDialogProps) {
  const { data, error } = useQuery(grantQuery(institution));
  const { mutate, isPending } = useGrantCalls(institution);
  const toast = useToast();
  const [conflict, setConflict] = useState<StoredGrant | null>(null);
  const stored = conflict ?? data;
  const save = (dailyCalls: DailyCalls) => {
    if (!stored) return;
    mutate(
      { revision: stored.revision, dailyCalls },
      {
        onSuccess: () => {
          toast.success("Saved. It counts within seconds.");
          onClose();
        },
        onError: (failed) => {
          setConflict(theirGrant(failed));
          toast.error("It was not saved", problemSentence(failed));
        },
      },
    );
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
      title="Calls granted to this connector"
      description="Salesforce allows the org so many API calls in any 24 hours, all integrations together. The connector uses no more than is granted here."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button variant="brand" type="submit" form={formId} busy={isPending} disabled={!stored}>
            Save
          </Button>
        </>
      }
    >
      {stored ? (
        <GrantForm stored={stored} limit={budget.limit} onSubmit={save} />
      ) : error ? (
        <Problem error={error} title="What is granted could not be read" />
      ) : (
        <Skeleton lines={2} label="Reading what is granted" />
      )}
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
