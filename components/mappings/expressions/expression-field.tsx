"use client";

import { useMemo, type Ref } from "react";
import { checkExpression } from "@/lib/core/mapping/expression/allow-list";
import { builtInNames } from "@/lib/core/mapping/expression/built-ins";
import { mappingFunctions } from "@/lib/core/mapping/functions/functions";
import type { MeantFilter } from "@/lib/core/mapping/filter/meant";
import { memberOf } from "@/lib/core/mapping/source-model";
import { unknownNamesIn } from "@/lib/core/mapping/expression/unknown-names";
import { CodeField, type CodeCompletion, type CodeHandle } from "../../ui/code-field";
import { Field } from "../../ui/field";
import { NameAdvice } from "./name-advice";
import type { EditorSource } from "../source/source";
import { useDebounced } from "../use-debounced";

const typingPauseMs = 1_000;

interface ExpressionFieldProps {
  label?: string;
  help?: string;
  expression: string;
  source: EditorSource;
  onExpression: (expression: string) => void;
  /** What is likely meant by it, when that is something else. */
  meant?: MeantFilter | null;
  autoFocus?: boolean;
  ref?: Ref<CodeHandle>;
}

/** A line as it is stored: JSONata, for what short form cannot say. */
export function ExpressionField(props: ExpressionFieldProps) {
  const { label = "Expression", help = usualHelp, expression, source, onExpression, autoFocus, ref } = props;
  const { meant = null } = props;
  const problems = useMemo(() => (expression.trim() === "" ? [] : checkExpression(expression)), [expression]);
  // A name that is half typed is no mistake yet.
  const settled = useDebounced(expression, typingPauseMs) === expression;
  const names = useMemo(
    () =>
      settled && meant === null && problems.length === 0 ? unknownNamesIn(expression, source.model) : [],
    [settled, meant, problems, expression, source.model],
  );
  const marks = useMemo(
    () => [
      ...problems.map(({ sentence, position = 1 }) => ({
        from: Math.max(0, position - 1),
        to: position,
        severity: "error" as const,
        sentence,
      })),
      ...names.flatMap(({ sentence, name, at }) =>
        at === null ? [] : { from: at, to: at + name.length, severity: "warning" as const, sentence },
      ),
    ],
    [problems, names],
  );
  const why = meant && meant.sentences.join(" ");
  return (
    <Field label={label} help={help} error={problems[0] && (why ?? problems[0].sentence)}>
      <CodeField
        ref={ref}
        label={label}
        value={expression}
        onChange={onExpression}
        problems={marks}
        complete={(text, caret) => completionsAt(text, caret, source)}
        autoFocus={autoFocus}
      />
      {meant && (
        <NameAdvice sentence={problems[0] ? null : why} suggestion={meant.text} onUse={onExpression} />
      )}
      {names.map(({ sentence, name, at, suggestion }) => (
        <NameAdvice
          key={`${name} ${at}`}
          sentence={sentence}
          suggestion={at === null ? null : suggestion}
          onUse={(right) =>
            at !== null && onExpression(expression.slice(0, at) + right + expression.slice(at + name.length))
          }
        />
      ))}
    </Field>
  );
}

const usualHelp =
  "JSONata, for what short form cannot say. What it gives on the chosen record is shown above while you type.";

const functions: readonly CodeCompletion[] = [
  ...mappingFunctions.map(({ name, summary }) => ({ text: `$${name}(`, detail: summary })),
  ...builtInNames.map((name) => ({ text: `$${name}(` })),
];

/** Characters before the caret that tell what can follow: searching them takes the square of their number. */
const lookedBack = 1_000;

function completionsAt(text: string, caret: number, source: EditorSource) {
  if (quotesIn(text.slice(0, caret)) % 2 === 1) return null;
  const before = text.slice(Math.max(0, caret - lookedBack), caret);
  const word = /\$?[\p{L}\p{N}_]*$/u.exec(before)?.[0] ?? "";
  const from = caret - word.length;
  if (word.startsWith("$")) return { from, options: functions };
  const path = /((?:[\p{L}_][\p{L}\p{N}_]*(?:\[[^[\]]*\])*\.)*)$/u.exec(before.slice(0, from))?.[1] ?? "";
  let { model: members } = source;
  for (const step of path.split(".").slice(0, -1))
    members = memberOf(members, step.replace(/\[.*$/s, ""))?.members ?? [];
  if (path === "" && before.slice(0, from).endsWith(".")) return null;
  const names = members.map(({ name, type, list }) => ({
    text: name,
    detail: type ?? (list ? "list" : "group"),
  }));
  return { from, options: path === "" ? [...names, ...functions] : names };
}

function quotesIn(text: string): number {
  return text.replace(/\\./g, "").split('"').length - 1;
}
