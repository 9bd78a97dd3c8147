"use client";

import { Fragment, useMemo, type Dispatch, type Ref } from "react";
import { sameLine } from "@/lib/core/mapping/difference";
import { fieldKeysAmong, sameField } from "@/lib/core/mapping/field-name";
import type { MappingDocument, MappingLine } from "@/lib/core/mapping/document";
import { Button } from "../../ui/button";
import { EmptyState } from "../../ui/empty-state";
import type { EditedLine } from "../draft/content";
import type { EditorAction, EditorState } from "../draft/editor-state";
import { remarksOfLine } from "./fit";
import { LineForm } from "./line-form";
import type { LineSourceHandle } from "./line-source";
import { LineRow, type LineActions } from "./line-row";
import { doubtsOfLine, isHalfNamed } from "../expressions/name-doubts";
import type { EditorSource } from "../source/source";
import type { LivePreview } from "../editor/use-preview";
import type { TargetFields } from "../target-fields";
import { chooseEdits } from "../way-back/way-back";

interface LinesTableProps {
  state: EditorState;
  dispatch: Dispatch<EditorAction>;
  fields: TargetFields;
  preview: LivePreview;
  source: EditorSource;
  /** Of the open line: values that are picked elsewhere go there. */
  openSource: Ref<LineSourceHandle>;
}

/** The lines of a mapping; the open one has its form under it. */
export function LinesTable({ state, dispatch, fields, preview, source, openSource }: LinesTableProps) {
  const { lines, openUid, saved, notice } = state;
  const { kind } = saved.document;
  const removed = notice?.kind === "removed" ? notice : null;
  const removedRow = removed && (
    <RemovedRow name={removed.name} onUndo={() => dispatch({ type: "undone" })} />
  );
  const actions = useMemo<LineActions>(
    () => ({
      open: (uid) => dispatch({ type: "opened", uid }),
      move: (uid, by, name) => dispatch({ type: "moved", uid, by, name }),
      remove: (uid, name) => dispatch({ type: "removed", uid, name }),
      letEditsStay: (uid, name) => dispatch({ type: "edited", uid, changes: chooseEdits("stay"), name }),
    }),
    [dispatch],
  );
  const savedLine = useMemo(() => savedLineOf(saved.document, lines), [saved.document, lines]);
  const fitted = useMemo(
    () =>
      lines.map((edited) => {
        const field = fields.get(edited.line.target) ?? null;
        const { grade, sentences } = remarksOfLine(edited, field, source);
        // While it is open, its form tells what it names.
        const doubts = openUid === edited.uid ? [] : doubtsOfLine(edited, source);
        return { edited, field, grade, advice: [...doubts, ...sentences].join(" ") };
      }),
    [lines, fields, source, openUid],
  );
  if (lines.length === 0 && !removed) {
    return <EmptyState title="This mapping has no lines">Add a line for each field to be filled.</EmptyState>;
  }
  return (
    <table
      aria-label="Lines"
      aria-busy={preview.pending || undefined}
      className="slds-table slds-table_cell-buffer slds-table_bordered mappings-lines"
    >
      <thead>
        <tr className="slds-line-height_reset">
          <th scope="col">Salesforce field</th>
          <th scope="col">Comes from</th>
          <th scope="col">Rules</th>
          <th scope="col">Result</th>
          <th scope="col">
            <span className="slds-assistive-text">Actions</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {fitted.map(({ edited, field, grade, advice }, index) => (
          <Fragment key={edited.uid}>
            {removed?.index === index && removedRow}
            <LineRow
              edited={edited}
              index={index}
              count={lines.length}
              kind={kind}
              field={field}
              source={source}
              advice={advice}
              isOpen={openUid === edited.uid}
              isHalfNamed={openUid === edited.uid && isHalfNamed(edited, source)}
              isKey={sameField(edited.line.target, saved.document.keyField, fields.prefix)}
              changed={edited.unread !== null || isChanged(edited.line, savedLine)}
              preview={preview.lineOf(edited.uid)}
              lastGood={preview.lastGoodOf(edited.uid)}
              stale={preview.stale}
              actions={actions}
            />
            {openUid === edited.uid && (
              <tr className="mappings-form-row">
                <td colSpan={5}>
                  <LineForm
                    edited={edited}
                    saved={savedLine(edited.line.target)?.expression ?? ""}
                    kind={kind}
                    field={field}
                    isUnfit={grade !== "fits"}
                    source={source}
                    ref={openSource}
                    onUnread={(unread, expression) =>
                      dispatch({
                        type: "unread",
                        uid: edited.uid,
                        unread,
                        changes: expression === undefined ? {} : { expression },
                        name: field?.label,
                      })
                    }
                    onEdit={(changes) =>
                      dispatch({ type: "edited", uid: edited.uid, changes, name: field?.label })
                    }
                    onClose={() => actions.open(null)}
                  />
                </td>
              </tr>
            )}
          </Fragment>
        ))}
        {removed && removed.index >= lines.length && removedRow}
      </tbody>
    </table>
  );
}

/** Where a line was that can be put back; takes the focus that the line had. */
function RemovedRow({ name, onUndo }: { name: string; onUndo: () => void }) {
  return (
    <tr className="mappings-form-row">
      <td colSpan={5}>
        <div className="mappings-removed">
          <span>{name} was removed.</span>
          <Button icon="undo" onClick={onUndo} autoFocus>
            Undo
          </Button>
        </div>
      </td>
    </tr>
  );
}

type SavedLine = (target: string) => MappingLine | undefined;

function savedLineOf(saved: MappingDocument, lines: readonly EditedLine[]): SavedLine {
  const keyOf = fieldKeysAmong(
    saved.lines.map(({ target }) => target),
    lines.map(({ line }) => line.target),
  );
  const known = new Map(saved.lines.map((line) => [keyOf(line.target), line]));
  return (target) => known.get(keyOf(target));
}

function isChanged(line: MappingLine, saved: SavedLine): boolean {
  const before = saved(line.target);
  return !before || !sameLine(before, line);
}
