"use client";

import { useDeferredValue, useMemo, useState } from "react";
import { sameLines } from "@/lib/core/mapping/difference";
import { outcomeOf } from "@/lib/core/mapping/lists/outcome";
import { planLines } from "@/lib/core/mapping/lists/plan";
import { Alert } from "../../ui/alert";
import { Checkbox } from "../../ui/checkbox";
import { listReaders, wordsOfReplacement, type ListFormat } from "./list-formats";
import { ListOthers, ListPreview, summaryOf } from "./list-preview";
import { useCorrection } from "../expressions/use-correction";
import { TargetUnknown } from "../editor/target-unknown";
import { TextDialog, type ListDialogProps } from "./text-dialog";
import { TextProblems } from "./text-problems";

type LinesDialogProps = ListDialogProps & { format: Exclude<ListFormat, "yaml"> };

/** A list of lines, pasted or as CSV: what each would do, and what becomes of the lines it does not have. */
export function LinesDialog({ format, editor, target, source, text, onText, onClose }: LinesDialogProps) {
  const { mapping, document, dispatch } = editor;
  const [removeOthers, setRemoveOthers] = useState(false);
  const read = useDeferredValue(text);
  const { preview, correction } = useCorrection(read, text, onText);
  const fields = target?.fields ?? null;
  const { list, planned, without, outcome } = useMemo(() => {
    const known = { document, fields, source };
    const readList = listReaders[format](read);
    const plans = planLines(readList.entries, known);
    const alone = outcomeOf(plans, known, true);
    return {
      list: readList,
      planned: plans,
      without: alone,
      outcome: removeOthers ? alone : outcomeOf(plans, known, false),
    };
  }, [document, fields, source, format, read, removeOthers]);
  const count = planned.filter(({ after }) => after !== null).length;
  const changes = !sameLines(document, { ...document, lines: [...outcome.lines] });
  const isReady = read === text && outcome.problem === null && count > 0 && changes;
  return (
    <TextDialog
      format={format}
      text={text}
      onText={onText}
      onClose={onClose}
      takeover={isReady ? { lines: outcome.lines, count } : null}
      onTakeOver={({ lines }) => {
        dispatch({ type: "lines-replaced", lines, what: wordsOfReplacement(format, { count }) });
        onText("");
        onClose();
      }}
      notice={target === null && <TargetUnknown mappingId={mapping.id} />}
      preview={(goTo) => (
        <div className="lists-preview" ref={preview} tabIndex={-1}>
          {list.problems.length > 0 && (
            <TextProblems title="This cannot be read" problems={list.problems} onGoTo={goTo} />
          )}
          {list.notes.map((note) => (
            <Alert key={note} tone="warning">
              {note}
            </Alert>
          ))}
          {outcome.problem !== null && (
            <Alert tone="error" live>
              {outcome.problem}
            </Alert>
          )}
          {planned.length > 0 && (
            <>
              <p role="status">{summaryOf(planned)}</p>
              {(without.gone.length > 0 || removeOthers) && (
                <Checkbox
                  label={`Remove the other lines (${without.gone.length})`}
                  checked={removeOthers}
                  onChange={(event) => setRemoveOthers(event.target.checked)}
                />
              )}
              {removeOthers && <ListOthers outcome={without} />}
              <ListPreview planned={planned} kind={document.kind} correction={correction} onGoTo={goTo} />
            </>
          )}
        </div>
      )}
    />
  );
}
