"use client";

import { useState, type FormEvent } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { CodeDecision } from "@/lib/mappings/value-map-contract";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import type { Then } from "./draft";
import { decideCodes, theirsOf, usedFieldsQuery, valueMapsKey, type Place } from "./queries";
import { cautionAbout, type Caution } from "./used-fields";
import type { ValueMapEditor } from "./use-value-map";

export interface Decision {
  readonly then: Then;
  /** Counts while `then` is value. */
  readonly value: string;
  readonly change: (changes: { readonly then?: Then; readonly value?: string }) => void;
  readonly lacksValue: boolean;
  /** What speaks against the value. */
  readonly caution: Caution | null;
  readonly deciding: boolean;
  readonly decide: (event: FormEvent) => void;
}

/** What is said of codes that were never seen before, and the way to say it: it counts at once. */
export function useDecision(
  place: Place,
  codes: readonly string[],
  { accept, decided }: Pick<ValueMapEditor, "accept" | "decided">,
): Decision {
  const client = useQueryClient();
  const toast = useToast();
  const [{ then, value }, setSaid] = useState<{ then: Then; value: string }>({ then: "value", value: "" });
  const { data: offered = [] } = useQuery(usedFieldsQuery(place));
  const { mutate, isPending } = useMutation({
    mutationFn: (decision: CodeDecision) => decideCodes(place, codes, decision),
    onSuccess: (saved) => decided(saved, codes),
    onError: (error) => {
      const stored = theirsOf(error)?.stored;
      if (stored) accept({ stored, released: 0 });
      toast.error("Nothing was decided here", problemSentence(error));
    },
    onSettled: () => client.invalidateQueries({ queryKey: [valueMapsKey, "inbox", place] }),
  });
  return {
    then,
    value,
    change: (changes) => setSaid((said) => ({ ...said, ...changes })),
    lacksValue: then === "value" && value.trim() === "",
    caution: then === "value" ? cautionAbout(value, offered) : null,
    deciding: isPending,
    decide: (event) => {
      event.preventDefault();
      if (then === "value") mutate({ value });
      else mutate(then === "clear" ? { value: null } : { rule: then });
    },
  };
}
