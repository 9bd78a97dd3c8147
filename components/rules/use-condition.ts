"use client";

import { keepPreviousData, queryOptions, useQueries, useQuery } from "@tanstack/react-query";
import type { Rules } from "@/lib/core/connection-settings";
import type { ConditionReading } from "@/lib/core/mapping/condition";
import type { RulesDetail } from "@/lib/connections/contract";
import { contactKinds, type ContactKind } from "@/lib/core/words";
import { useDebounced } from "../mappings/use-debounced";
import { unknownFields, unknownSentence } from "./condition-words";

const typingPauseMs = 250;

/** Read by the very code the worker runs. The language is loaded when the first condition is read. */
const conditionQuery = (text: string) =>
  queryOptions({
    queryKey: ["condition", text],
    queryFn: async () => (await import("@/lib/core/mapping/condition")).readCondition(text),
    staleTime: Infinity,
    gcTime: 60_000,
  });

/** What is known of a condition a moment after typing stops; null before. */
export function useCondition(text: string): ConditionReading | null {
  const settled = useDebounced(text, typingPauseMs);
  const { data } = useQuery({ ...conditionQuery(settled), placeholderData: keepPreviousData });
  return data ?? null;
}

export interface ConditionsStanding {
  /** One of them cannot be saved as it is typed. */
  readonly broken: boolean;
  /** Of conditions that can be saved, and never hold as they are. */
  readonly warnings: readonly ConditionWarning[];
}

export interface ConditionWarning {
  readonly kind: ContactKind;
  readonly condition: string;
  readonly sentence: string;
}

/** How all conditions stand as they are typed. */
export function useConditions(rules: Rules, fields: RulesDetail["fields"]): ConditionsStanding {
  const settled = useDebounced(rules, typingPauseMs);
  const conditions = contactKinds.flatMap((kind) => {
    const condition = settled.out[kind].createWhen.trim();
    return condition === "" ? [] : [{ kind, condition }];
  });
  const texts = [...new Set(conditions.map(({ condition }) => condition))];
  const readings = useQueries({ queries: texts.map(conditionQuery) });
  const warnings = conditions.flatMap(({ kind, condition }): ConditionWarning[] => {
    const reading = readings[texts.indexOf(condition)]?.data;
    const sentence = reading ? unknownSentence(unknownFields(reading, fields[kind])) : null;
    return sentence === null ? [] : [{ kind, condition, sentence }];
  });
  return { broken: readings.some(({ data }) => data !== undefined && data.problems.length > 0), warnings };
}
