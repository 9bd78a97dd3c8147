import { useEffect, useEffectEvent, useMemo, useRef, useState } from "react";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { NameAdvice } from "./name-advice";
import { pathText, readPath, type PathAnswer } from "./parts";
import { withWord } from "./short-form-field";
import type { EditorSource } from "../source/source";
import { useBefore } from "./use-before";
import { useDebounced } from "../use-debounced";

const typingPauseMs = 1_000;

interface PathFieldProps {
  label: string;
  /** A path, or what was typed instead and cannot be read. */
  text: string;
  listId: string;
  source: EditorSource;
  /** What the row says now. */
  path: Path;
  onPath: (path: Path) => void;
  /** `before`: what the row said before it was typed. */
  onUnread: (text: string, before: Path) => void;
}

type Path = Extract<PathAnswer, { ok: true }>["value"];

/** The path of one value. What cannot be read is kept as it was typed. */
export function PathField({ label, text, listId, source, path, onPath, onUnread }: PathFieldProps) {
  // While somebody types, their way to write a path stands, and not the usual one.
  const [typed, setTyped] = useState<string | null>(null);
  const shown = typed ?? text;
  const typing = useBefore(path);
  const written = useRef<string | null>(null);
  const says = pathText(path);
  const changedElsewhere = useEffectEvent(() => {
    if (says !== written.current) typing.begin(path);
  });
  useEffect(() => changedElsewhere(), [says]);
  const answer = useMemo(() => readPath(shown, source.model), [shown, source.model]);
  const notes = answer.ok ? answer.unknown : [];
  // A name that is half typed is no mistake yet.
  const settled = useDebounced(shown, typingPauseMs) === shown;
  const write = (next: string) => {
    const read = readPath(next, source.model);
    if (!read.ok) return onUnread(next, typing.before());
    written.current = pathText(read.value);
    onPath(read.value);
  };
  return (
    <Field label={label} error={answer.ok ? undefined : answer.sentence}>
      <Input
        list={listId}
        value={shown}
        maxLength={10_000}
        spellCheck={false}
        onChange={(event) => {
          setTyped(event.target.value);
          write(event.target.value);
        }}
        onFocus={typing.onFocus}
        onBlur={(event) => {
          typing.onBlur(event);
          setTyped(null);
        }}
      />
      {settled &&
        notes.map((note) => (
          <NameAdvice
            key={note.position}
            sentence={note.sentence}
            suggestion={note.suggestion ?? null}
            onUse={(word) => write(withWord(shown, note, word))}
          />
        ))}
    </Field>
  );
}
