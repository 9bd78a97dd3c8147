"use client";

import { useRef, useState } from "react";
import {
  maxCsvBytes,
  readValueMapCsv,
  type CsvProblem,
  type Listed,
} from "@/lib/core/mapping/value-maps/value-map-csv";
import type { ValueMapEntries } from "@/lib/core/mapping/document";
import { isListed, listedCodes } from "@/lib/core/mapping/value-maps/value-map";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { counted } from "../ui/numbers";
import { DifferenceList } from "./difference-list";
import { entriesOf, withTable } from "./rebase";
import type { ValueMapEditor } from "./use-value-map";
import { differencesOf, type Difference } from "./words";

interface UploadDialogProps {
  editor: ValueMapEditor;
  open: boolean;
  onOpenChange: (open: boolean) => void;
}

type Chosen =
  | { readonly kind: "table"; readonly table: Listed }
  | { readonly kind: "refused"; readonly problems: readonly CsvProblem[] }
  | { readonly kind: "unreadable"; readonly sentence: string };

/** Shows what a file would change before it is put into the table, where it is saved like anything typed. */
export function UploadDialog({ editor, open, onOpenChange }: UploadDialogProps) {
  const { opened, draft, edit } = editor;
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [removesOthers, setRemovesOthers] = useState(false);
  const latest = useRef(0);
  const close = () => {
    latest.current += 1;
    setChosen(null);
    setRemovesOthers(false);
    onOpenChange(false);
  };
  const choose = async (file: File | undefined) => {
    const turn = ++latest.current;
    // What an earlier file would change is not to be put into the table for this one.
    setChosen(null);
    const read = file ? await readFile(file, opened.entries.values) : null;
    if (turn === latest.current) setChosen(read);
  };
  const table = chosen?.kind === "table" ? chosen.table : null;
  const changed = table && withTable(opened.entries, draft, table, !removesOthers);
  const now = entriesOf(draft);
  const differences = changed ? differencesOf(now, entriesOf(changed)) : [];
  const others = table ? listedCodes(now).filter((code) => !isListed({ ...now, ...table }, code)).length : 0;
  return (
    <Dialog
      open={open}
      onOpenChange={close}
      title="Upload codes"
      size="medium"
      description="A CSV file as it is downloaded here: code, value and, where needed, then. Its codes are added or changed; the others stay unless you say otherwise."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="brand"
            disabled={!changed || differences.length === 0}
            onClick={() => {
              if (changed) edit(() => changed);
              close();
            }}
          >
            Put into the table
          </Button>
        </>
      }
    >
      <Field label="File" help="UTF-8, at most 1 MB. In Excel: Save as, CSV UTF-8.">
        <Input type="file" accept=".csv,text/csv" onChange={({ target }) => void choose(target.files?.[0])} />
      </Field>
      {chosen?.kind === "unreadable" && (
        <Alert tone="error" live title="The file was not read">
          {chosen.sentence}
        </Alert>
      )}
      {chosen?.kind === "refused" && <Refused problems={chosen.problems} />}
      {table && (
        <div role="status" className="slds-m-top_small">
          <p>
            <strong>{summaryOf(differences)}</strong> The rule for other codes stays. Nothing is saved yet.
          </p>
          {others > 0 && (
            <Checkbox
              label={`Remove the other codes (${others})`}
              checked={removesOthers}
              onChange={({ target }) => setRemovesOthers(target.checked)}
            />
          )}
          {kinds.map(([kind, title]) => (
            <DifferencesOf
              key={kind}
              title={title}
              differences={differences.filter((difference) => difference.kind === kind)}
            />
          ))}
        </div>
      )}
    </Dialog>
  );
}

const mostProblems = 20;

function Refused({ problems }: { problems: readonly CsvProblem[] }) {
  const more = problems.length - mostProblems;
  return (
    <Alert tone="error" live title="Correct these lines and choose the file again">
      <ul>
        {problems.slice(0, mostProblems).map(({ line, sentence }) => (
          <li key={line}>
            Line {line}: {sentence}
          </li>
        ))}
        {more > 0 && <li>And {counted(more, "more line")}.</li>}
      </ul>
    </Alert>
  );
}

const kinds = [
  ["removed", "Removed"],
  ["changed", "Changed"],
  ["added", "Added"],
] as const;

function DifferencesOf({ title, differences }: { title: string; differences: readonly Difference[] }) {
  if (differences.length === 0) return null;
  return (
    <section aria-label={title} className="slds-m-top_small">
      <h3 className="slds-text-title">
        {title}: {differences.length}
      </h3>
      <DifferenceList differences={differences} names={["Before", "After"]} />
    </section>
  );
}

function summaryOf(differences: ReturnType<typeof differencesOf>): string {
  if (differences.length === 0) return "The file says what the table says.";
  const count = (kind: string) => differences.filter((difference) => difference.kind === kind).length;
  return `${counted(count("added"), "code")} added, ${count("changed")} changed, ${count("removed")} removed.`;
}

async function readFile(file: File, before: ValueMapEntries["values"]): Promise<Chosen> {
  if (file.size > maxCsvBytes) return { kind: "unreadable", sentence: "The file is larger than 1 MB." };
  try {
    const text = new TextDecoder("utf-8", { fatal: true }).decode(await file.arrayBuffer());
    const read = readValueMapCsv(text, before);
    return read.ok ? { kind: "table", table: read.listed } : { kind: "refused", problems: read.problems };
  } catch (error) {
    if (error instanceof TypeError)
      return {
        kind: "unreadable",
        sentence: "Its letters are not in UTF-8. Save it as CSV UTF-8 and choose it again.",
      };
    return {
      kind: "unreadable",
      sentence: "The browser could not read it. Close it in other programs and choose it again.",
    };
  }
}
