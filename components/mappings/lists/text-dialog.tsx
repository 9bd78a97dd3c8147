"use client";

import { useRef, useState, type ReactNode } from "react";
import type { MappingLine } from "@/lib/core/mapping/document";
import type { TargetObject } from "@/lib/mappings/contract";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Field } from "../../ui/field";
import { Input } from "../../ui/input";
import { Textarea } from "../../ui/textarea";
import { fileTypes, formatWords, wordsOfTaken, type FileFormat, type ListFormat } from "./list-formats";
import { FileProblem, textOfFile } from "./list-file";
import type { Editor } from "../editor/use-editor";
import type { EditorSource } from "../source/source";
import "./lists.css";

export interface ListDialogProps {
  format: ListFormat;
  editor: Editor;
  /** Null while the org was never asked. */
  target: TargetObject | null;
  source: EditorSource;
  text: string;
  onText: (text: string) => void;
  onClose: () => void;
}

/** What would be taken over. */
interface Takeover {
  readonly lines: readonly MappingLine[];
  /** How many of them come from the text. */
  readonly count: number;
  /** Which records take part changes, too. */
  readonly hasFilter?: boolean;
  readonly hasSales?: boolean;
}

interface TextDialogProps extends Omit<ListDialogProps, "editor" | "target" | "source"> {
  /** Null while there is nothing that can be taken over. */
  takeover: Takeover | null;
  onTakeOver: (takeover: Takeover) => void;
  notice?: ReactNode;
  /** What the text would do; `goTo` leads to a line of it. */
  preview: (goTo: (line: number) => void) => ReactNode;
}

/** A text with many lines, pasted or from a file, what it would do, and the button that does it. */
export function TextDialog(props: TextDialogProps) {
  const { format, text, onText, takeover, onTakeOver, onClose, notice, preview } = props;
  const area = useRef<HTMLTextAreaElement>(null);
  const [fileProblem, setFileProblem] = useState<string | null>(null);
  const words = formatWords[format];
  const isOlder = fileProblem !== null && text !== "";
  const ready = isOlder ? null : takeover;
  const write = (written: string) => {
    setFileProblem(null);
    onText(written);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={words.title}
      description={words.description}
      initialFocus={area}
      footer={
        <>
          {text !== "" && <span className="lists-kept">Your text is kept when you close this.</span>}
          <Button onClick={onClose}>Close</Button>
          <Button variant="brand" onClick={() => ready && onTakeOver(ready)} disabled={!ready}>
            {ready ? `Take over ${wordsOfTaken(ready)}` : "Take over"}
          </Button>
        </>
      }
    >
      {notice}
      {format !== "lines" && (
        <FileField format={format} problem={fileProblem} onText={write} onProblem={setFileProblem} />
      )}
      {isOlder && (
        <Alert tone="warning" title="The text below is from before, not from the file you chose last">
          Choose another file, change the text, or{" "}
          <Button variant="base" onClick={() => setFileProblem(null)}>
            go on with the text below
          </Button>
          .
        </Alert>
      )}
      <Field label={words.label} help={words.help}>
        <Textarea
          ref={area}
          code
          rows={10}
          wrap="off"
          spellCheck={false}
          autoComplete="off"
          placeholder={words.placeholder}
          value={text}
          onChange={(event) => write(event.target.value)}
        />
      </Field>
      {preview((line) => area.current && selectLine(area.current, line))}
    </Dialog>
  );
}

interface FileFieldProps {
  format: FileFormat;
  problem: string | null;
  onText: (text: string) => void;
  onProblem: (sentence: string) => void;
}

function FileField({ format, problem, onText, onProblem }: FileFieldProps) {
  const choose = async (file: File | undefined) => {
    if (!file) return;
    try {
      onText(await textOfFile(file));
    } catch (error) {
      if (!(error instanceof FileProblem)) throw error;
      onProblem(error.message);
    }
  };
  return (
    <Field
      label="File"
      help="Its text appears below, to be corrected where needed."
      error={problem ?? undefined}
    >
      <Input
        type="file"
        className="lists-file"
        accept={fileTypes[format].accept}
        onChange={(event) => {
          void choose(event.target.files?.[0]);
          // The same file can be chosen again, once it was corrected.
          event.target.value = "";
        }}
      />
    </Field>
  );
}

/** Selects a line of the text (1-based) and brings it into sight. */
function selectLine(area: HTMLTextAreaElement, line: number): void {
  const lines = area.value.split("\n");
  const start = lines.slice(0, line - 1).reduce((sum, each) => sum + each.length + 1, 0);
  area.focus();
  area.setSelectionRange(start, start + (lines[line - 1]?.length ?? 0));
  area.scrollTop = (area.scrollHeight / lines.length) * Math.max(0, line - 3);
}
