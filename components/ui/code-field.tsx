"use client";

import { useEffect, useImperativeHandle, useRef, useState, type Ref } from "react";
import {
  autocompletion,
  completionKeymap,
  type CompletionContext,
  type CompletionResult,
} from "@codemirror/autocomplete";
import { defaultKeymap, history, historyKeymap } from "@codemirror/commands";
import { lintKeymap, setDiagnostics } from "@codemirror/lint";
import { Compartment, EditorState } from "@codemirror/state";
import { EditorView, keymap, placeholder as placeholderOf } from "@codemirror/view";
import { useFieldControl } from "./field";
import { Icon } from "./icon";
import "./code-field.css";

export interface CodeProblem {
  /** 0-based characters. */
  readonly from: number;
  readonly to: number;
  readonly severity: "error" | "warning";
  readonly sentence: string;
}

export interface CodeCompletion {
  readonly text: string;
  readonly detail?: string;
}

export interface CodeHandle {
  /** Puts a text where the caret is, in place of what is selected. */
  insert: (text: string) => void;
  focus: () => void;
}

interface CodeFieldProps {
  /** What screen readers call it; the field around it describes it. */
  label: string;
  value: string;
  onChange: (value: string) => void;
  problems: readonly CodeProblem[];
  /** What can be written at the caret; null for nothing. */
  complete: (text: string, caret: number) => { from: number; options: readonly CodeCompletion[] } | null;
  placeholder?: string;
  autoFocus?: boolean;
  ref?: Ref<CodeHandle>;
}

const maxCharacters = 10_000;

/** A text that is code: completion while typing (Ctrl+Space), problems at their characters. Tab leaves it. */
export function CodeField({
  label,
  value,
  onChange,
  problems,
  complete,
  placeholder,
  autoFocus,
  ref,
}: CodeFieldProps) {
  const host = useRef<HTMLDivElement>(null);
  /** How long the text would be that was not let in. */
  const [refused, setRefused] = useState<number | null>(null);
  const view = useRef<EditorView>(null);
  const latest = useRef({ onChange, complete });
  const { id, ...described } = useFieldControl();
  const attributes = useRef(new Compartment());
  const first = useRef({ value, placeholder, autoFocus });
  useEffect(() => {
    latest.current = { onChange, complete };
  });
  useEffect(() => {
    const { value: doc, placeholder: hint, autoFocus: focused } = first.current;
    const made = new EditorView({
      parent: host.current ?? undefined,
      state: EditorState.create({
        doc,
        extensions: [
          history(),
          keymap.of([...completionKeymap, ...defaultKeymap, ...historyKeymap, ...lintKeymap]),
          autocompletion({
            override: [(context) => completionsOf(latest.current.complete, context)],
            icons: false,
          }),
          EditorView.lineWrapping,
          EditorState.changeFilter.of(({ newDoc, docChanged }) => {
            const isTooLong = newDoc.length > maxCharacters;
            if (docChanged) setRefused(isTooLong ? newDoc.length : null);
            return !isTooLong;
          }),
          placeholderOf(hint ?? ""),
          attributes.current.of([]),
          EditorView.updateListener.of((update) => {
            if (update.docChanged) latest.current.onChange(update.state.doc.toString());
          }),
        ],
      }),
    });
    view.current = made;
    if (focused) {
      made.dispatch({ selection: { anchor: made.state.doc.length } });
      made.focus();
    }
    return () => made.destroy();
  }, []);
  useEffect(() => {
    view.current?.dispatch({
      effects: attributes.current.reconfigure(
        EditorView.contentAttributes.of({
          "aria-label": label,
          spellcheck: "false",
          autocapitalize: "off",
          autocorrect: "off",
          ...(id && { id }),
          ...(described["aria-describedby"] && { "aria-describedby": described["aria-describedby"] }),
          ...(described["aria-invalid"] && { "aria-invalid": "true" }),
        }),
      ),
    });
  }, [label, id, described["aria-describedby"], described["aria-invalid"]]);
  useEffect(() => {
    const made = view.current;
    if (!made || made.state.doc.toString() === value) return;
    // What comes from elsewhere is shown whatever its length.
    made.dispatch({ changes: { from: 0, to: made.state.doc.length, insert: value }, filter: false });
    setRefused(null);
  }, [value]);
  useEffect(() => {
    const made = view.current;
    if (!made) return;
    const end = made.state.doc.length;
    const marks = problems.map(({ from, to, severity, sentence }) => ({
      from: Math.min(from, end),
      to: Math.min(Math.max(to, from), end),
      severity,
      message: sentence,
    }));
    made.dispatch(setDiagnostics(made.state, marks));
  }, [problems, value]);
  useImperativeHandle(ref, () => ({
    focus: () => view.current?.focus(),
    insert(text) {
      const made = view.current;
      if (!made) return;
      made.dispatch(made.state.replaceSelection(text));
      made.focus();
    },
  }));
  return (
    <>
      <div className="code-field" ref={host} />
      {refused !== null && (
        <p className="slds-form-element__help" role="alert">
          <Icon name="error" size="xx-small" /> {tooLongSentence(refused)}
        </p>
      )}
    </>
  );
}

function tooLongSentence(characters: number): string {
  const [would, most] = [characters, maxCharacters].map((number) => number.toLocaleString("en"));
  return `This was not put in: the text would have ${would} characters, and at most ${most} are possible. What stands here is as it was.`;
}

function completionsOf(
  complete: CodeFieldProps["complete"],
  context: CompletionContext,
): CompletionResult | null {
  const found = complete(context.state.doc.toString(), context.pos);
  if (!found || (!context.explicit && found.from === context.pos && !opens(context))) return null;
  return {
    from: found.from,
    options: found.options.map(({ text, detail }) => ({ label: text, detail })),
    validFor: /^[\p{L}\p{N}_$-]*$/u,
  };
}

/** Signs behind which a name is as good as certain. */
function opens({ state, pos }: CompletionContext): boolean {
  return /[/.(,=]/.test(state.sliceDoc(Math.max(0, pos - 1), pos));
}
