"use client";

import { memo, useEffect, useRef, type KeyboardEvent, type RefObject } from "react";
import type { Kind } from "@/lib/core/words";
import type { PreviewLine, TargetField } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { classes } from "../../ui/classes";
import { Icon } from "../../ui/icon";
import type { EditedLine } from "../draft/editor-state";
import { shownName } from "../names";
import { incompleteness, rulesOf } from "./policies";
import { ResultView } from "./result-view";
import { saidOf } from "./said";
import type { LastGood } from "../editor/last-good";
import { useDebounced } from "../use-debounced";
import { shortTextOf } from "../expressions/short-text";
import type { EditorSource } from "../source/source";
import { WayArrow } from "../way-back/way-arrow";
import { ownerRules, saysSame, wayBackProblem } from "../way-back/way-back";
import { WayBackProblem } from "../way-back/way-back-problem";

const typingPauseMs = 1_000;

export interface LineActions {
  readonly open: (uid: number | null) => void;
  /** `name`: what the person knows the line as. */
  readonly move: (uid: number, by: -1 | 1, name: string) => void;
  readonly remove: (uid: number, name: string) => void;
  /** A line that went both ways goes one way from now on. */
  readonly letEditsStay: (uid: number, name: string) => void;
}

interface LineRowProps {
  edited: EditedLine;
  index: number;
  count: number;
  kind: Kind;
  field: TargetField | null;
  source: EditorSource;
  /** Why what it says hardly fits the field, or what else is worth a look; empty without. */
  advice: string;
  isOpen: boolean;
  /** It is open, and what can be read of it names something that no source has. */
  isHalfNamed: boolean;
  isKey: boolean;
  changed: boolean;
  preview: PreviewLine | null;
  lastGood: LastGood | null;
  stale: boolean;
  actions: LineActions;
}

/** One line of a mapping. Alt and an arrow key move it. */
export const LineRow = memo(function LineRow(props: LineRowProps) {
  const { edited, index, count, kind, field, source, advice, isOpen, isKey, changed } = props;
  const { preview, lastGood, stale, actions } = props;
  const { uid, line, unread } = edited;
  // A name that is half typed is what the line says only once the typing stops.
  const isTyping = useDebounced(line.expression, typingPauseMs) !== line.expression;
  const isHalfNamed = props.isHalfNamed && isTyping && unread === null;
  const { said, isOlder } = saidOf({ expression: line.expression, unread, isHalfNamed, lastGood });
  const short = shortTextOf(said);
  const name = field?.label ?? shownName(line.target);
  const row = useRef<HTMLTableRowElement>(null);
  const editButton = useRef<HTMLButtonElement>(null);
  useKeepFocusWhenMoved(row, index);
  useFocusWhenClosed(editButton, isOpen);
  const onKeyDown = (event: KeyboardEvent) => {
    if (!event.altKey || (event.key !== "ArrowUp" && event.key !== "ArrowDown")) return;
    event.preventDefault();
    actions.move(uid, event.key === "ArrowUp" ? -1 : 1, name);
  };
  const rules = [...rulesOf(line), ...ownerRules(line)];
  const problem = isHalfNamed ? null : wayBackProblem(line, kind, field, source);
  return (
    <tr ref={row} onKeyDown={onKeyDown} className={classes("mappings-line", isOpen && "mappings-line_open")}>
      <th scope="row" className="slds-cell-wrap">
        <div className="mappings-line__field">
          <span className="mappings-line__label">{name}</span>
          <WayArrow way={line.twoWay && problem === null ? "both" : "one"} /> {isKey && <Badge>Key</Badge>}{" "}
          {changed && <Badge tone="info">Not saved</Badge>}
          {field && (
            <span className="mappings-name">
              {shownName(line.target)} · {field.type}
            </span>
          )}
        </div>
      </th>
      <td
        data-label="Comes from"
        className="slds-cell-wrap"
        aria-live={isOpen ? "polite" : undefined}
        aria-atomic={false}
      >
        <code className={classes("mappings-line__expression", isOlder && "mappings-result_stale")}>
          {short ?? said}
        </code>
        {short === null && <Badge>Expression</Badge>}
        {line.note && <span className="mappings-name">{line.note}</span>}
        {advice !== "" && (
          <p className="mappings-advice">
            <Icon name="warning" size="xx-small" label="Worth a look" /> {advice}
          </p>
        )}
      </td>
      <td
        data-label="Rules"
        className={classes("slds-cell-wrap", rules.length === 0 && "mappings-line__usual")}
      >
        {rules.length === 0 ? <span className="mappings-quiet">Usual</span> : <RuleList rules={rules} />}
      </td>
      <td data-label="Result" className="slds-cell-wrap" aria-live={isOpen ? "polite" : undefined}>
        <ResultView
          preview={preview && withoutSame(preview, problem)}
          lastGood={lastGood?.result ?? null}
          isHalfNamed={isHalfNamed}
          stale={stale}
          incomplete={incompleteness(line, unread)}
        />
        {problem !== null && (
          <WayBackProblem
            problem={problem}
            onLetStay={() => {
              actions.letEditsStay(uid, name);
              editButton.current?.focus();
            }}
          />
        )}
      </td>
      <td className="mappings-line__actions">
        <div className="mappings-buttons">
          <Button
            icon="up"
            iconOnly
            variant="base"
            onClick={() => actions.move(uid, -1, name)}
            disabled={index === 0}
            title="Move up (Alt+Up)"
          >
            Move {name} up
          </Button>
          <Button
            icon="down"
            iconOnly
            variant="base"
            onClick={() => actions.move(uid, 1, name)}
            disabled={index === count - 1}
            title="Move down (Alt+Down)"
          >
            Move {name} down
          </Button>
          <Button
            icon="remove"
            iconOnly
            variant="base"
            onClick={() => actions.remove(uid, name)}
            title="Remove"
          >
            Remove {name}
          </Button>
          <Button
            ref={editButton}
            icon={isOpen ? "check" : "edit"}
            iconOnly
            onClick={() => actions.open(isOpen ? null : uid)}
            aria-expanded={isOpen}
            title={isOpen ? "Done" : "Edit"}
          >
            {isOpen ? `Close ${name}` : `Edit ${name}`}
          </Button>
        </div>
      </td>
    </tr>
  );
});

/** What the page found itself stands beside the result, which is good nevertheless. */
function withoutSame(preview: PreviewLine, problem: string | null): PreviewLine {
  return { ...preview, problems: preview.problems.filter((sentence) => !saysSame(sentence, problem)) };
}

function RuleList({ rules }: { rules: readonly string[] }) {
  return (
    <ul className="mappings-rules">
      {rules.map((rule) => (
        <li key={rule}>{rule}</li>
      ))}
    </ul>
  );
}

/** The form took the focus; when it goes, the button that opened it gets it back. */
function useFocusWhenClosed(button: RefObject<HTMLButtonElement | null>, isOpen: boolean): void {
  const wasOpen = useRef(isOpen);
  useEffect(() => {
    if (wasOpen.current && !isOpen && document.activeElement === document.body) button.current?.focus();
    wasOpen.current = isOpen;
  }, [button, isOpen]);
}

/** React moves the row in the page when its place changes, and browsers drop the focus of what is moved. */
function useKeepFocusWhenMoved(row: RefObject<HTMLTableRowElement | null>, index: number): void {
  const focused = useRef<HTMLElement | null>(null);
  useEffect(() => {
    const element = row.current;
    if (!element) return;
    const remember = (event: FocusEvent) => {
      focused.current = event.target as HTMLElement;
    };
    const forget = (event: FocusEvent) => {
      if (event.relatedTarget) focused.current = null;
    };
    element.addEventListener("focusin", remember);
    element.addEventListener("focusout", forget);
    return () => {
      element.removeEventListener("focusin", remember);
      element.removeEventListener("focusout", forget);
    };
  }, [row]);
  useEffect(() => {
    const last = focused.current;
    const active = document.activeElement;
    if (!last || !row.current?.contains(last) || (active !== document.body && active !== last)) return;
    // At the first and the last place a button goes out of use: the other one takes over.
    const heir = last.matches(":disabled") ? last.parentElement?.querySelector("button:enabled") : last;
    if (heir instanceof HTMLElement) heir.focus();
  }, [row, index]);
}
