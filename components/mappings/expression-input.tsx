"use client";

import { useImperativeHandle, useRef, type Ref } from "react";
import { Textarea } from "../ui/textarea";

export interface ExpressionHandle {
  /** Puts a text where the caret is, in place of what is selected. */
  insert: (text: string) => void;
  focus: () => void;
}

interface ExpressionInputProps {
  value: string;
  onChange: (value: string) => void;
  ref?: Ref<ExpressionHandle>;
  autoFocus?: boolean;
}

const mostRows = 14;
const charactersPerRow = 60;

/** A text area for JSONata that grows with its text. */
export function ExpressionInput({ value, onChange, ref, autoFocus }: ExpressionInputProps) {
  const area = useRef<HTMLTextAreaElement>(null);
  useImperativeHandle(ref, () => ({
    focus: () => area.current?.focus(),
    insert(text) {
      const element = area.current;
      if (!element) return;
      element.focus();
      // Unlike setting the value, this can be undone with Ctrl+Z; a browser without it gets the plain way.
      if (document.execCommand("insertText", false, text)) return;
      element.setRangeText(text, element.selectionStart, element.selectionEnd, "end");
      onChange(element.value);
    },
  }));
  return (
    <Textarea
      code
      ref={area}
      value={value}
      onChange={(event) => onChange(event.target.value)}
      rows={rowsOf(value)}
      maxLength={10_000}
      spellCheck={false}
      autoCapitalize="off"
      autoCorrect="off"
      autoComplete="off"
      autoFocus={autoFocus}
      className="mappings-expression-input"
    />
  );
}

function rowsOf(value: string): number {
  const rows = value
    .split("\n")
    .reduce((sum, line) => sum + Math.ceil((line.length + 1) / charactersPerRow), 0);
  return Math.min(mostRows, Math.max(2, rows));
}
