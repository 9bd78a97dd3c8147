"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GoldenCheck, GoldenSample } from "@/lib/mappings/golden-contract";
import { ApiError } from "../../ui/api";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Problem } from "../../ui/problem";
import { Select } from "../../ui/select";
import { useToast } from "../../ui/toast";
import { targetQuery } from "../queries";
import type { Editor } from "../editor/use-editor";
import { ExpectField } from "./expect-field";
import { editsOf, nothingTyped, shownDraft, type ExpectDraft, type FieldDraft } from "./expect-draft";
import { ExpectStanding } from "./expect-standing";
import { expectGolden, goldenKey } from "./queries";
import { expectedFields } from "./expected-fields";

interface ExpectDialogProps {
  editor: Editor;
  /** As it is stored now: what is typed stays when somebody else saves. */
  sample: GoldenSample;
  check: GoldenCheck | null;
  onClose: () => void;
}

/** What a sample is to get, written by hand: before the lines give it, or instead of what they give. */
export function ExpectDialog({ editor, sample, check, onClose }: ExpectDialogProps) {
  const { mapping, document } = editor;
  const { expected } = sample;
  const [draft, setDraft] = useState<ExpectDraft>(nothingTyped);
  const [added, setAdded] = useState<readonly string[]>([]);
  const target = useQuery(targetQuery(mapping.id));
  const { shown, others } = expectedFields({ document, expected, target: target.data ?? null, added });
  const edits = editsOf(expected, draft);
  const save = useSave(editor, sample, onClose);
  const problems = problemsOf(save.error);
  const set = (name: string, typed: FieldDraft) =>
    setDraft({ ...draft, fields: { ...draft.fields, [name]: typed } });
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={`What ${sample.name} should get`}
      description="Write what the record should get, as Salesforce stores it: the mapping may give it only later. Until it does, the draft cannot be published unless somebody accepts what it gives."
      size="large"
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="brand"
            busy={save.isPending}
            disabled={edits === null}
            onClick={() => edits && save.mutate(edits)}
          >
            Save
          </Button>
        </>
      }
    >
      {save.error && <Problem error={save.error} title="The expectation was not changed" />}
      <ExpectStanding
        document={document}
        expected={expected.standing}
        value={draft.standing}
        onChange={(standing) => setDraft({ ...draft, standing })}
      />
      <div className="golden-fields">
        {shown.map(({ name, label }) => (
          <ExpectField
            key={name}
            label={label}
            draft={shownDraft(expected, draft, name)}
            difference={check?.differences.find(({ field }) => field === name) ?? null}
            error={problems.get(name)}
            onChange={(typed) => set(name, typed)}
          />
        ))}
      </div>
      {others.length > 0 && (
        <Field label="Another field" help="One that no line fills yet.">
          <Select
            value=""
            onChange={({ target: { value } }) => {
              setAdded([...added, value]);
              set(value, { must: "be", text: "" });
            }}
            options={[
              { value: "", label: "Choose a field" },
              ...others.map(({ name, label }) => ({ value: name, label: `${label} (${name})` })),
            ]}
          />
        </Field>
      )}
    </Dialog>
  );
}

function useSave({ mapping, document }: Editor, { id, revision, name }: GoldenSample, onSaved: () => void) {
  const client = useQueryClient();
  const toast = useToast();
  return useMutation({
    mutationFn: (edits: NonNullable<ReturnType<typeof editsOf>>) =>
      expectGolden(mapping.id, { id, revision, document, edits }),
    onSuccess: ({ replaced }) => {
      const text =
        replaced.length > 0
          ? `Of nobody: ${replaced.join(", ")} got made-up values, since what was typed may be somebody's.`
          : undefined;
      toast.success(`What ${name} should get is saved`, text);
      onSaved();
    },
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mapping.id) }),
  });
}

/** By field: what the server says of a value that it cannot hold. */
function problemsOf(error: unknown): ReadonlyMap<string, string> {
  const problems = error instanceof ApiError ? (error.problem.problems ?? []) : [];
  return new Map(problems.map(({ path, message }) => [path, message]));
}
