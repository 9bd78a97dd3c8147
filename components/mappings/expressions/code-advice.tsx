import { useMemo } from "react";
import { codeDoubtsIn, withCode } from "@/lib/core/mapping/fit/unseen-codes";
import type { EditorSource } from "../source/source";
import { useDebounced } from "../use-debounced";
import { NameAdvice } from "./name-advice";

const typingPauseMs = 1_000;

interface CodeAdviceProps {
  expression: string;
  source: EditorSource;
  onExpression: (expression: string) => void;
}

/** Codes that an expression compares with and S-360 never sent, each with what was likely meant. */
export function CodeAdvice({ expression, source: { seenCodes }, onExpression }: CodeAdviceProps) {
  // A code that is half typed is no mistake yet.
  const settled = useDebounced(expression, typingPauseMs) === expression;
  const doubts = useMemo(
    () => (settled && seenCodes ? codeDoubtsIn(expression, seenCodes) : []),
    [settled, expression, seenCodes],
  );
  return doubts.map((doubt, index) => (
    <NameAdvice
      key={`${doubt.code} ${index}`}
      sentence={doubt.sentence}
      suggestion={doubt.place && doubt.suggestion}
      onUse={() => onExpression(withCode(expression, doubt))}
    />
  ));
}
