"use client";

import { useEffect, useMemo, useRef, useState } from "react";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { RelativeTime } from "../../ui/relative-time";
import { ClashField } from "./clash-field";
import type { Theirs } from "./editor-state";
import { LineComparison } from "../versions/line-comparison";
import { mergeDrafts, type Choices, type Side } from "./merge";
import { whoSaved } from "../../ui/who";
import { takenTitle, takenWords, whose } from "./merge-words";
import { salesDifferences } from "../sales/words";
import type { Editor } from "../editor/use-editor";

/** Of the notice, for the way to it. */
export const savedElsewhereId = "saved-elsewhere";

interface ConflictNoticeProps {
  editor: Editor;
  theirs: Theirs;
  /** What the person knows a field as. */
  labelOf: (target: string) => string;
}

/** Somebody saved while this was open: what they changed, and where both did, whose stays. Nothing is lost. */
export function ConflictNotice({ editor, theirs, labelOf }: ConflictNoticeProps) {
  const { state, document, actor, unsaved, dispatch } = editor;
  const [comparing, setComparing] = useState(false);
  const [choices, setChoices] = useState<Choices>(new Map());
  const place = useRef<HTMLDivElement>(null);
  const { draft, isRefusal } = theirs;
  // What was pressed may stand far below; this does not.
  useEffect(() => {
    if (isRefusal) place.current?.scrollIntoView({ block: "center" });
  }, [isRefusal]);
  const merged = useMemo(() => {
    const { lines, filter, sales, saved, nextUid } = state;
    const given = { base: saved.document, theirs: theirs.document, mine: { lines, filter, sales } };
    return mergeDrafts({ ...given, firstUid: nextUid });
  }, [state, theirs]);
  const { clashes, taken } = merged;
  const takesSales = taken.some(({ what }) => what === "sales");
  const isOpen = clashes.some(({ key }) => !choices.has(key));
  const their = whose(draft, actor);
  const choose = (side: Side, keys: readonly string[]) =>
    setChoices(new Map([...choices, ...keys.map((key) => [key, side] as const)]));
  const chooseAll = (side: Side) =>
    choose(
      side,
      clashes.map(({ key }) => key),
    );
  return (
    <div ref={place} id={savedElsewhereId} tabIndex={-1} className="mappings-elsewhere">
      <Alert
        tone="warning"
        live
        title={isRefusal ? "Your changes are not saved yet" : "This draft was saved somewhere else"}
        actions={
          <>
            <Button onClick={() => setComparing(!comparing)} aria-expanded={comparing}>
              Compare
            </Button>
            <Button
              variant="brand"
              disabled={isOpen}
              title={isOpen ? "Choose first what stays" : undefined}
              onClick={() =>
                dispatch({ type: "taken-in", choices, what: takenTitle(draft, actor, merged, labelOf) })
              }
            >
              Take it in
            </Button>
          </>
        }
      >
        <p>
          {whoSaved(draft, actor)} saved this draft <RelativeTime at={draft.at} />, after you opened it.{" "}
          {unsaved && "What you typed is still here. "}
          {taken.length > 0 &&
            `Taking it in brings: ${taken.map((each) => takenWords(each, labelOf)).join(", ")}.`}
        </p>
        {takesSales && (
          <ul className="slds-list_dotted">
            {salesDifferences(state.saved.document.sales, theirs.document.sales, labelOf).map((sentence) => (
              <li key={sentence}>{sentence}</li>
            ))}
          </ul>
        )}
        {clashes.length > 0 && (
          <div className="mappings-clashes">
            <p>{draft.by === actor ? "Both windows" : "Both of you"} changed this. Choose what stays:</p>
            {clashes.map((clash) => (
              <ClashField
                key={clash.key}
                clash={clash}
                kind={document.kind}
                labelOf={labelOf}
                their={their}
                choice={choices.get(clash.key) ?? null}
                onChoice={(side) => choose(side, [clash.key])}
              />
            ))}
            {clashes.length > 1 && (
              <div className="mappings-buttons">
                <Button onClick={() => chooseAll("theirs")}>Choose {their} for all</Button>
                <Button onClick={() => chooseAll("mine")}>Choose mine for all</Button>
              </div>
            )}
          </div>
        )}
        {comparing && (
          <div className="slds-m-top_small">
            <LineComparison before={theirs.document} after={document} names={[their, "Mine"]} />
          </div>
        )}
      </Alert>
    </div>
  );
}
