"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { useQuery } from "@tanstack/react-query";
import { pathInFilter } from "@/lib/core/mapping/filter/meant";
import type { TargetField } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { Card } from "../../ui/card";
import type { CodeHandle } from "../../ui/code-field";
import { ConfirmDialog } from "../../ui/confirm-dialog";
import { counted } from "../../ui/numbers";
import { AddLineDialog } from "../lines/add-line-dialog";
import { DraftBar } from "./draft-bar";
import type { EditorState } from "../draft/editor-state";
import { EditorNotices } from "./editor-notices";
import { useFilterCount } from "./use-filter-count";
import { FilterCard } from "./filter-card";
import { GoldenCard } from "../golden/golden-card";
import { useGolden } from "../golden/queries";
import { LeaveGuard } from "./leave-guard";
import type { LineSourceHandle } from "../lines/line-source";
import { ListMenu } from "../lists/list-menu";
import { LinesTable } from "../lines/lines-table";
import { useFieldText } from "../field-labels";
import { incompleteness } from "../lines/policies";
import { publishingDoubts } from "../publish/doubts";
import { PublishDraftDialog } from "../publish/publish-draft-dialog";
import { sourceQuery, targetQuery } from "../queries";
import { ReprocessNotice } from "../reprocess/reprocess-notice";
import { SalesCard } from "../sales/sales-card";
import { SamplePicker } from "./sample-picker";
import { useSample } from "./use-sample";
import { ComparisonCard } from "../comparison/comparison-card";
import { compiledPath, editorSource, type EditorSource } from "../source/source";
import { StoppedNotice } from "../catalog/stopped-notice";
import { targetFields, type TargetFields } from "../target-fields";
import { ValuesCard } from "../source/values-card";
import { useEditor, type Editor } from "./use-editor";
import { useOthers } from "../draft/use-others";
import { usePreview, type LivePreview } from "./use-preview";
import { useUndoKeys } from "./use-undo-keys";
import { VersionsCard } from "../versions/versions-card";
import { WayLegend } from "../way-back/way-arrow";
import { chooseEdits, saysSame, wayBackOffers, wayBackProblem, withAdvice } from "../way-back/way-back";
import { WayBackOffers } from "../way-back/way-back-offers";
import type { FunctionHelp } from "../expressions/writing-help";
import "../mappings.css";
import "./editor.css";
import "../source/source.css";

interface MappingEditorProps {
  mappingId: number;
  /** Who is signed in, as versions name people. */
  actor: string;
  functions: readonly FunctionHelp[];
}

const noCodes = { types: [], states: [] };

/** Lines with their live result on a real record, the draft and its versions. */
export function MappingEditor({ mappingId, actor, functions }: MappingEditorProps) {
  const editor = useEditor(mappingId, actor);
  const { mapping, state, dispatch, document, unsaved, save, saving, discardDraft } = editor;
  useOthers(editor);
  useUndoKeys(dispatch);
  const [sample, setSample] = useSample(mappingId);
  const [goldenId, setGoldenId] = useState<number | null>(null);
  const golden = useGolden(mappingId, goldenId);
  const target = useQuery(targetQuery(mappingId));
  const [dialog, setDialog] = useState<"add" | "publish" | "discard" | null>(null);
  const fields = useMemo(() => targetFields(target.data ?? null), [target.data]);
  const labelOf = useFieldText();
  const overview = useQuery(sourceQuery(mappingId));
  const { kind } = document;
  const source = useMemo(() => editorSource(overview.data ?? null, kind), [overview.data, kind]);
  const triedOn = golden ? { goldenId: golden.id } : sample && { recordId: sample.recordId };
  const preview = usePreview(mappingId, state, source, triedOn);
  const part = useFilterCount(mappingId, document);
  const openSource = useRef<LineSourceHandle>(null);
  const openFilter = useRef<CodeHandle>(null);
  const [isIntoFilter, setIntoFilter] = useState(false);
  const linesStart = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (goldenId !== null) linesStart.current?.scrollIntoView({ block: "center" });
  }, [goldenId]);
  const [picked, setPicked] = useState<string | null>(null);
  const incomplete = firstIncomplete(editor, labelOf);
  useSaveKey(() => unsaved && incomplete === null && !saving && void save());
  const close = () => {
    setDialog(null);
    setPicked(null);
  };
  const pick = (path: string) => {
    if (isIntoFilter) return openFilter.current?.insert(pathInFilter(path, source.model));
    if (openSource.current) return openSource.current.insertPath(path);
    setPicked(path);
    setDialog("add");
  };
  return (
    <>
      <LeaveGuard active={unsaved} onSave={async () => (await save()) !== null} incomplete={incomplete} />
      <Announcement state={state} />
      <DraftBar
        editor={editor}
        incomplete={incomplete}
        required={preview.whole?.required ?? null}
        onDiscardDraft={() => setDialog("discard")}
        onPublish={() => setDialog("publish")}
      />
      <EditorNotices editor={editor} preview={preview} targetKnown={target.data !== null} labelOf={labelOf} />
      <StoppedNotice mapping={mapping} />
      <ReprocessNotice mapping={mapping} />
      <FilterCard
        filter={state.filter}
        source={source}
        takesPart={preview.whole?.takesPart ?? null}
        part={part}
        onFilter={(filter) => dispatch({ type: "filtered", filter })}
        onWriting={setIntoFilter}
        ref={openFilter}
      />
      {kind === "operation" && (
        <SalesCard
          sales={state.sales}
          standing={preview.whole?.sale ?? null}
          filled={document.lines.flatMap((line) => fields.get(line.target) ?? [])}
          fields={target.data?.fields ?? []}
          prefix={fields.prefix}
          seen={overview.data?.orderCodes ?? noCodes}
          onSales={(sales) => dispatch({ type: "sales-ruled", sales })}
        />
      )}
      <div className="mappings-panes">
        <ValuesCard
          source={source}
          error={overview.error}
          functions={functions}
          action={pickAction(state, isIntoFilter)}
          room={isIntoFilter ? null : (openField(state, fields)?.room ?? null)}
          onPick={pick}
        />
        <Card title="Lines" aside={counted(state.lines.length, "line")} flush>
          <div
            className="mappings-toolbar"
            ref={linesStart}
            tabIndex={-1}
            role="group"
            aria-label={golden ? `Lines, tried on golden sample ${golden.name}` : "Lines"}
          >
            <SamplePicker
              mappingId={mappingId}
              kind={kind}
              sample={sample}
              golden={golden?.name ?? null}
              onPick={(picked) => {
                setGoldenId(null);
                setSample(picked);
              }}
            />
            <div className="mappings-buttons">
              <Button icon="add" onClick={() => setDialog("add")}>
                Add line
              </Button>
              <ListMenu editor={editor} target={target.data ?? null} source={source} />
            </div>
          </div>
          <WayLegend kind={document.kind} />
          <WayBackOffers
            offers={wayBackOffers(state.lines, document.kind, fields, source)}
            onAccept={(uids) =>
              dispatch({
                type: "edited-alike",
                uids,
                changes: chooseEdits("back"),
                what: `Edits of ${counted(uids.size, "line")} go back to S-360`,
              })
            }
          />
          <div onFocus={() => setIntoFilter(false)}>
            <LinesTable
              state={state}
              dispatch={dispatch}
              fields={fields}
              preview={preview}
              source={source}
              openSource={openSource}
            />
          </div>
        </Card>
      </div>
      <GoldenCard
        editor={editor}
        sample={golden ? null : sample}
        incomplete={incomplete}
        lines={linesStart}
        onTry={({ id }) => setGoldenId(id)}
      />
      <ComparisonCard editor={editor} incomplete={incomplete} />
      <VersionsCard editor={editor} />
      <AddLineDialog
        mappingId={mappingId}
        open={dialog === "add"}
        onOpenChange={close}
        target={target.data ?? null}
        lines={document.lines}
        picked={picked}
        source={source}
        onAdd={(line) =>
          dispatch({
            type: "added",
            line: { ...line, ...compiledPath(picked, source) },
            name: labelOf(line.target),
          })
        }
      />
      {dialog === "publish" && (
        <PublishDraftDialog
          editor={editor}
          problems={problemsOf(preview, editor, { fields, source, labelOf })}
          doubts={publishingDoubts(state, {
            ...{ fields, source, labelOf, preview, part },
            published: mapping.publishedDocument,
          })}
          part={part}
          onClose={close}
        />
      )}
      <ConfirmDialog
        open={dialog === "discard"}
        onOpenChange={close}
        title={`Go back to version ${mapping.published?.number}?`}
        confirmLabel="Go back"
        variant="destructive"
        busy={saving}
        onConfirm={() => void discardDraft().then(close)}
      >
        The draft becomes what is published, for everybody who edits it. What is published stays as it is. You
        can undo this.
      </ConfirmDialog>
    </>
  );
}

/** Reads out what was done. The same words are read again when they are said again. */
function Announcement({ state: { announcement, history } }: { state: EditorState }) {
  return (
    <p className="slds-assistive-text" role="status">
      <span key={`${history.past.length} ${history.future.length}`}>{announcement}</span>
    </p>
  );
}

function firstIncomplete({ state }: Editor, labelOf: (target: string) => string): string | null {
  if (state.sales.vanished?.trim() === "") return "What becomes of orders: write the mark of an operation.";
  for (const { line, unread } of state.lines) {
    const sentence = incompleteness(line, unread);
    if (sentence !== null) return `${labelOf(line.target)}: ${sentence}`;
  }
  return null;
}

/** What a click on a value does. */
function pickAction({ openUid }: EditorState, isIntoFilter: boolean): string {
  if (isIntoFilter) return "Put into the filter";
  return openUid === null ? "Map to a field" : "Put into the open line";
}

function openField({ lines, openUid }: EditorState, fields: TargetFields): TargetField | null {
  const open = lines.find(({ uid }) => uid === openUid);
  return (open && fields.get(open.line.target)) ?? null;
}

interface Known {
  readonly fields: TargetFields;
  readonly source: EditorSource;
  readonly labelOf: (target: string) => string;
}

/** What stands in the way of publishing; what the editor has a switch for, in the words of that switch. */
function problemsOf(
  preview: LivePreview,
  { state, document: { kind } }: Editor,
  { fields, source, labelOf }: Known,
): string[] {
  const ofLines = state.lines.flatMap(({ uid, line }) => {
    const oneWay = wayBackProblem(line, kind, fields.get(line.target) ?? null, source);
    return (preview.lineOf(uid)?.problems ?? []).map((sentence) => {
      const said = oneWay !== null && saysSame(sentence, oneWay) ? withAdvice(oneWay) : sentence;
      return `${labelOf(line.target)}: ${said}`;
    });
  });
  return [...ofLines, ...(preview.whole?.problems ?? []).map(({ sentence }) => sentence)];
}

/** Ctrl+S or Cmd+S. */
function useSaveKey(save: () => void): void {
  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() !== "s" || !(event.ctrlKey || event.metaKey) || event.altKey) return;
      event.preventDefault();
      save();
    };
    window.addEventListener("keydown", onKeyDown);
    return () => window.removeEventListener("keydown", onKeyDown);
  });
}
