"use client";

import { useState, type FormEvent } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { maxValueLength, type ValueMapEntries } from "@/lib/core/mapping/document";
import type { CodeDecision, SavedValueMap } from "@/lib/mappings/contract";
import { Button } from "../ui/button";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { problemSentence } from "../ui/problem";
import { Select } from "../ui/select";
import { useToast } from "../ui/toast";
import type { Then } from "./draft";
import { decideCode, theirsOf, valueMapsKey, type Place } from "./queries";
import { quote, releasedText, thenLabels } from "./words";

interface DecisionFormProps {
  place: Place;
  code: string;
  otherwise: ValueMapEntries["otherwise"];
  onDecided: (saved: SavedValueMap) => void;
}

/** Says of one code what it stands for, or what is to be done with it: it counts at once. */
export function DecisionForm({ place, code, otherwise, onDecided }: DecisionFormProps) {
  const client = useQueryClient();
  const toast = useToast();
  const [then, setThen] = useState<Then>("value");
  const [value, setValue] = useState("");
  const { mutate, isPending } = useMutation({
    mutationFn: (decision: CodeDecision) => decideCode(place, code, decision),
    onSuccess: (saved) => {
      onDecided(saved);
      toast.success(`${code} is decided`, releasedText(saved.released));
    },
    onError: (error) => {
      const stored = theirsOf(error)?.stored;
      if (stored) onDecided({ stored, released: 0 });
      toast.error("Nothing was decided here", problemSentence(error));
    },
    onSettled: () => client.invalidateQueries({ queryKey: [valueMapsKey, "inbox", place] }),
  });
  const decide = (event: FormEvent) => {
    event.preventDefault();
    if (then === "value") mutate({ value });
    else mutate(then === "clear" ? { value: null } : { rule: then });
  };
  const lacksValue = then === "value" && value.trim() === "";
  return (
    <form className="value-maps-decision" onSubmit={decide}>
      <Field label={`What ${code} does`} labelHidden>
        <Select
          options={optionsFor(otherwise)}
          value={then}
          onChange={({ target }) => setThen(target.value as Then)}
        />
      </Field>
      {then === "value" && (
        <Field label={`Value of ${code}`} labelHidden>
          <Input
            value={value}
            maxLength={maxValueLength}
            placeholder="Value"
            autoComplete="off"
            onChange={({ target }) => setValue(target.value)}
          />
        </Field>
      )}
      <Button type="submit" busy={isPending} disabled={lacksValue}>
        Decide<span className="slds-assistive-text"> {code}</span>
      </Button>
    </form>
  );
}

/** The rule for other codes is a choice of its own only where it writes something. */
function optionsFor(otherwise: ValueMapEntries["otherwise"]): readonly { value: Then; label: string }[] {
  const { otherwise: _, ...plain } = thenLabels;
  const options = (Object.keys(plain) as (keyof typeof plain)[]).map((value) => ({
    value,
    label: plain[value],
  }));
  if (typeof otherwise === "string" || otherwise.default === null) return options;
  return [...options, { value: "otherwise", label: `gets the default ${quote(otherwise.default)}` }];
}
