"use client";

import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import type { MappingSummary } from "@/lib/mappings/contract";
import { withQuery } from "../ui/api";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Problem, problemSentence } from "../ui/problem";
import { Select } from "../ui/select";
import { nameFor, newKinds, type NewKind } from "./new-mapping";
import { createMapping, keyFieldsQuery, objectsQuery } from "./queries";

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
  const [typedName, setTypedName] = useState<string | null>(null);
  const objects = useQuery(objectsQuery(institution));
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
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (chosenKey !== "") create.mutate();
  };
  return (
    <Dialog
      open
      onOpenChange={(open) => !open && onClose()}
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
        {create.error && <p className="slds-text-color_error">{problemSentence(create.error)}</p>}
        {objects.error && (
          <Problem
            error={objects.error}
            title="Salesforce could not be asked"
            onRetry={() => void objects.refetch()}
          />
        )}
        <Field label="S-360 record" required>
          <Select
            options={newKinds}
            value={kind}
            onChange={(event) => setKind(event.target.value as NewKind)}
          />
        </Field>
        <Field
          label="Salesforce object"
          required
          help={
            objects.isPending
              ? "Asking Salesforce for its objects …"
              : "Objects that the connector's user may write."
          }
        >
          <Select
            options={[
              { value: "", label: "Choose an object" },
              ...(objects.data ?? []).map(({ name: value, label }) => ({
                value,
                label: `${label} (${value})`,
              })),
            ]}
            value={object}
            onChange={(event) => {
              setObject(event.target.value);
              setKeyField("");
            }}
          />
        </Field>
        {object !== "" && (
          <KeyFieldChoice keys={keys} value={chosenKey} onChange={setKeyField} object={object} />
        )}
        <Field
          label="Name"
          required
          help="In addresses and in the connection's file: small letters, digits, hyphens."
        >
          <Input value={name} maxLength={60} onChange={(event) => setTypedName(event.target.value)} />
        </Field>
      </form>
    </Dialog>
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
