"use client";

import { useRef, useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { MappingSummary } from "@/lib/mappings/contract";
import { withQuery } from "../../ui/api";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Problem } from "../../ui/problem";
import { Select } from "../../ui/select";
import { nameFor, newKinds, problemOfName, type NewKind } from "./new-mapping";
import { ObjectDialog, ObjectField } from "./object-choice";
import { createMapping, keyFieldsQuery } from "../queries";

interface NewMappingDialogProps {
  institution: string;
  mappings: readonly MappingSummary[];
  onClose: () => void;
}

/** One more Salesforce object for a kind of S-360 record: a contact may be an account and its preferences, say. */
export function NewMappingDialog({ institution, mappings, onClose }: NewMappingDialogProps) {
  const router = useRouter();
  const client = useQueryClient();
  const [kind, setKind] = useState<NewKind>("individual");
  const [object, setObject] = useState("");
  const [keyField, setKeyField] = useState("");
  const [asked, setAsked] = useState(false);
  // One dialog at a time: two titles above each other are none.
  const [choosing, setChoosing] = useState(false);
  const [hasChosen, setHasChosen] = useState(false);
  const objectButton = useRef<HTMLButtonElement>(null);
  const [typedName, setTypedName] = useState<string | null>(null);
  const keys = useQuery(keyFieldsQuery(institution, object));
  const name = typedName ?? nameFor(kind, object, mappings);
  const chosenKey = keyField || (keys.data?.keyFields[0]?.target ?? "");
  const create = useMutation({
    mutationFn: () =>
      createMapping({
        connection: institution,
        name,
        kind,
        object: keys.data?.object ?? object,
        keyField: chosenKey,
      }),
    onSuccess: async () => {
      await client.invalidateQueries({ queryKey: ["mappings", "of"] });
      router.push(withQuery(`/mappings/${name}`, { connection: institution }));
    },
  });
  const nameProblem = problemOfName(name, mappings);
  const submit = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (chosenKey !== "" && nameProblem === undefined) create.mutate();
  };
  return (
    <>
      <Dialog
        open={!choosing}
        onOpenChange={(open) => !open && onClose()}
        initialFocus={hasChosen ? objectButton : undefined}
        title="New mapping"
        description="It begins as a draft with the key line only. Nothing is written before you publish it."
        footer={
          <>
            <Button onClick={onClose}>Cancel</Button>
            <Button
              variant="brand"
              type="submit"
              form="new-mapping"
              busy={create.isPending}
              disabled={chosenKey === ""}
            >
              Create
            </Button>
          </>
        }
      >
        <form id="new-mapping" onSubmit={submit}>
          {create.error && <Problem error={create.error} title="The mapping was not created" />}
          <Field label="S-360 record" required>
            <Select
              options={newKinds}
              value={kind}
              onChange={(event) => setKind(event.target.value as NewKind)}
            />
          </Field>
          <ObjectField
            institution={institution}
            object={object}
            buttonRef={objectButton}
            onOpen={() => {
              setChoosing(true);
              setHasChosen(true);
            }}
          />
          {object !== "" && (
            <KeyFieldChoice keys={keys} value={chosenKey} onChange={setKeyField} object={object} />
          )}
          <Field
            label="Name"
            required
            live
            help="In addresses and in the connection’s file: small letters, digits, hyphens."
            error={asked ? nameProblem : undefined}
          >
            <Input
              value={name}
              maxLength={60}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => setTypedName(event.target.value)}
            />
          </Field>
        </form>
      </Dialog>
      <ObjectDialog
        institution={institution}
        open={choosing}
        onClose={() => setChoosing(false)}
        onChoose={(chosen) => {
          setObject(chosen);
          setKeyField("");
        }}
      />
    </>
  );
}

interface KeyFieldChoiceProps {
  keys: {
    readonly data?: { readonly keyFields: readonly { readonly target: string; readonly label: string }[] };
    readonly error: unknown;
  };
  object: string;
  value: string;
  onChange: (target: string) => void;
}

function KeyFieldChoice({ keys: { data, error }, object, value, onChange }: KeyFieldChoiceProps) {
  if (error) return <Problem error={error} title="The fields could not be read" />;
  if (data?.keyFields.length === 0) {
    return (
      <p className="slds-text-color_error" role="alert">
        {object} has no field that can carry S-360’s number. Create one in Salesforce first: text(40),
        external ID, unique, not case-sensitive.
      </p>
    );
  }
  return (
    <Field label="Key field" required help="Carries S-360’s number, so that a record is found again.">
      <Select
        options={(data?.keyFields ?? []).map(({ target, label }) => ({
          value: target,
          label: `${label} (${target.replace("[p]", "")})`,
        }))}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    </Field>
  );
}
