"use client";

import { useId, useRef, useState, type KeyboardEvent } from "react";
import { Button } from "../../ui/button";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";

interface CodesFieldProps {
  label: string;
  /** What no code at all means. */
  empty: string;
  codes: readonly string[];
  known: readonly KnownCode[];
  onCodes: (codes: string[]) => void;
}

export interface KnownCode {
  readonly code: string;
  readonly label?: string;
}

/** Codes of S-360, one after the other: Enter or a comma adds what is typed, Backspace takes the last one away. */
export function CodesField({ label, empty, codes, known, onCodes }: CodesFieldProps) {
  const [text, setText] = useState("");
  const listId = useId();
  const input = useRef<HTMLInputElement>(null);
  const add = (typed: string) => {
    const added = typed.split(",").map((code) => code.trim().toUpperCase().slice(0, 40));
    onCodes([...new Set([...codes, ...added.filter((code) => code !== "")])]);
    setText("");
  };
  const remove = (code: string) => {
    onCodes(codes.filter((each) => each !== code));
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === "Enter" && text.trim() !== "") {
      event.preventDefault();
      add(text);
    } else if (event.key === "Backspace" && text === "" && codes.length > 0) onCodes(codes.slice(0, -1));
  };
  const onText = (typed: string) => {
    const chosen = known.some(({ code }) => code === typed) || typed.includes(",");
    return chosen ? add(typed) : setText(typed);
  };
  return (
    <div className="sales-codes">
      <Field label={label} help={codes.length === 0 ? empty : undefined}>
        <Input
          ref={input}
          code
          value={text}
          list={listId}
          placeholder={codes.length === 0 ? "Add a code" : "Add another"}
          onChange={(event) => onText(event.target.value)}
          onKeyDown={onKeyDown}
          onBlur={() => text.trim() !== "" && add(text)}
        />
      </Field>
      <datalist id={listId}>
        {known
          .filter(({ code }) => !codes.includes(code))
          .map((each) => (
            <option key={each.code} value={each.code} label={each.label} />
          ))}
      </datalist>
      {codes.length > 0 && (
        <ul className="sales-codes__chosen" aria-label={label}>
          {codes.map((code) => (
            <li key={code} className="slds-pill">
              <span className="slds-pill__label">{code}</span>
              <Button icon="close" iconOnly variant="base" onClick={() => remove(code)}>
                Take {code} away
              </Button>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
