"use client";

import { useState, type FormEvent } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useRouter } from "next/navigation";
import { valueMapNameSchema } from "@/lib/core/mapping/document";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { problemSentence } from "../ui/problem";
import { saveValueMap, theirsOf, valueMapAddress, valueMapsKey } from "./queries";

interface CreateDialogProps {
  institution: string;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

const formId = "new-value-map";

/** Names a new value map and opens it. */
export function CreateDialog({ institution: connection, open, onOpenChange }: CreateDialogProps) {
  const router = useRouter();
  const client = useQueryClient();
  const [name, setName] = useState("");
  const [asked, setAsked] = useState(false);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: () =>
      saveValueMap({ connection, name }, { revision: null, entries: { values: {}, otherwise: "hold" } }),
    onSuccess: () => {
      void client.invalidateQueries({ queryKey: [valueMapsKey, "list"] });
      router.push(valueMapAddress({ connection, name }));
    },
  });
  const parsed = valueMapNameSchema.safeParse(name);
  const problem = problemOf(parsed.success, error, name);
  const create = (event: FormEvent) => {
    event.preventDefault();
    setAsked(true);
    if (parsed.success) mutate();
  };
  return (
    <Dialog
      open={open}
      onOpenChange={onOpenChange}
      title="New value map"
      footer={
        <>
          <Button onClick={() => onOpenChange(false)}>Cancel</Button>
          <Button variant="brand" type="submit" form={formId} busy={isPending}>
            Create
          </Button>
        </>
      }
    >
      <form id={formId} onSubmit={create}>
        <Field
          label="Name"
          required
          help={`Lines name it: $valueMap("${parsed.success ? name : "name"}", …). The name stays. Until you choose another rule, codes that are not listed hold the record.`}
          error={asked || error ? problem : undefined}
        >
          <Input
            code
            value={name}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => {
              setName(target.value);
              reset();
            }}
          />
        </Field>
      </form>
    </Dialog>
  );
}

function problemOf(isName: boolean, error: unknown, name: string): string | undefined {
  if (!isName) return "Begin with a letter or digit, and use letters, digits, - and _ only, at most 60.";
  if (theirsOf(error)) return `There is a value map ${name} already. Choose another name.`;
  return error ? problemSentence(error) : undefined;
}
