"use client";

import { useEffect, useMemo, useState, type Ref } from "react";
import { compileShortForm } from "@/lib/core/mapping/short-form/compile";
import { completeShortForm } from "@/lib/core/mapping/short-form/complete";
import type { ShortProblem } from "@/lib/core/mapping/short-form/form";
import { readShortForm } from "@/lib/core/mapping/short-form/parse";
import { CodeField, type CodeHandle } from "../../ui/code-field";
import { Field } from "../../ui/field";
import { examplePath } from "./examples";
import { NameAdvice } from "./name-advice";
import { shortTextOf } from "./short-text";
import type { EditorSource } from "../source/source";
import { useBefore } from "./use-before";
import { useDebounced } from "../use-debounced";

const typingPauseMs = 1_000;

interface ShortFormFieldProps {
  expression: string;
  /** What the line says in the saved draft. */
  saved: string;
  /** What was typed and cannot be read yet; null when everything typed is in the expression. */
  unread: string | null;
  source: EditorSource;
  onExpression: (expression: string) => void;
  /** `before`: what the line said before it was typed. */
  onUnread: (text: string, before: string) => void;
  autoFocus?: boolean;
  ref?: Ref<CodeHandle>;
}

/** A line as admins of S-360 write it. What can be read is compiled while typing; what cannot is said at its place. */
export function ShortFormField(props: ShortFormFieldProps) {
  const { expression, saved, unread, source, onExpression, onUnread, autoFocus, ref } = props;
  const [text, setText] = useState(unread ?? shortTextOf(expression) ?? "");
  const answer = useMemo(
    () => readShortForm(text, source.model, source.valueMaps),
    [text, source.model, source.valueMaps],
  );
  const says = answer.ok ? compileShortForm(answer.form) : null;
  const typing = useBefore(expression);
  useEffect(() => {
    // Changed from elsewhere: by an undo, a pasted list, or another way to write it.
    if (unread !== null) setText(unread);
    else if (says !== expression) {
      setText(shortTextOf(expression) ?? "");
      typing.begin(expression);
    }
  }, [expression, unread]);
  useEffect(() => {
    if (expression === saved) typing.begin(saved);
  }, [expression, saved]);
  const change = (next: string) => {
    setText(next);
    const read = readShortForm(next, source.model, source.valueMaps);
    if (read.ok) onExpression(compileShortForm(read.form));
    else onUnread(next, typing.before());
  };
  const notes = useMemo(() => (answer.ok ? answer.unknown : [answer.problem]), [answer]);
  // A name that is half typed is no mistake yet.
  const settled = useDebounced(notes, typingPauseMs);
  const advice = answer.ok && settled !== notes ? [] : notes;
  const marks = useMemo(() => advice.map((note) => markOf(note, answer.ok)), [advice, answer.ok]);
  return (
    <div onFocus={typing.onFocus} onBlur={typing.onBlur}>
      <Field
        label="Short form"
        help={`A path, such as ${examplePath(source)}. + puts values together, EOL breaks the line, ! turns yes into no. Ctrl+Space shows what can follow.`}
        error={answer.ok || text === "" ? undefined : answer.problem.sentence}
      >
        <CodeField
          ref={ref}
          label="Short form"
          value={text}
          onChange={change}
          problems={marks}
          complete={(all, caret) => completeShortForm(all, caret, source)}
          placeholder={examplePath(source)}
          autoFocus={autoFocus}
        />
        {advice.map((note) => (
          <NameAdvice
            key={`${note.position} ${note.code}`}
            sentence={answer.ok ? note.sentence : null}
            suggestion={note.suggestion ?? null}
            onUse={(word) => change(withWord(text, note, word))}
          />
        ))}
      </Field>
    </div>
  );
}

function markOf({ position, length, sentence }: ShortProblem, isWarning: boolean) {
  const severity = isWarning ? ("warning" as const) : ("error" as const);
  return { from: position - 1, to: position - 1 + length, severity, sentence };
}

/** The text with a word in place of what a note is about. */
export function withWord(text: string, { position, length }: ShortProblem, word: string): string {
  return text.slice(0, position - 1) + word + text.slice(position - 1 + length);
}
