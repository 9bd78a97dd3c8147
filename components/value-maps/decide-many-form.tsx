"use client";

import { useEffect, useRef } from "react";
import { Button } from "../ui/button";
import { Checkbox } from "../ui/checkbox";
import { counted } from "../ui/numbers";
import { DecisionFields } from "./decision-fields";
import { useDecision } from "./use-decision";
import type { ValueMapEditor } from "./use-value-map";

interface DecideManyFormProps {
  editor: ValueMapEditor;
  /** How many codes wait. */
  waiting: number;
  chosen: readonly string[];
  onChooseAll: (chosen: boolean) => void;
  /** The codes are gone, and the button with them. */
  onDecided: () => void;
}

/** One decision for all codes that are ticked, in one save. */
export function DecideManyForm(props: DecideManyFormProps) {
  const { editor, waiting, chosen, onChooseAll, onDecided } = props;
  const decision = useDecision(editor.place, chosen, {
    accept: editor.accept,
    decided: (saved, codes) => {
      editor.decided(saved, codes);
      onDecided();
    },
  });
  const isAll = chosen.length === waiting;
  const all = useRef<HTMLInputElement>(null);
  useIndeterminate(all, chosen.length > 0 && !isAll);
  const codes = counted(chosen.length, "code");
  return (
    <form className="value-maps-many" aria-label="Decide about several codes" onSubmit={decision.decide}>
      <Checkbox
        ref={all}
        label={`All ${counted(waiting, "code")}`}
        checked={isAll}
        onChange={(event) => onChooseAll(event.target.checked)}
      />
      {chosen.length === 0 ? (
        <p className="value-maps-quiet">Tick codes to decide about several at once.</p>
      ) : (
        <div className="value-maps-decision">
          <DecisionFields
            decision={decision}
            about={chosen.length > 1 ? `each of ${codes}` : codes}
            otherwise={editor.opened.entries.otherwise}
          />
          <Button
            type="submit"
            variant="brand"
            busy={decision.deciding}
            disabled={decision.lacksValue}
            title={decision.lacksValue ? "Give a value first" : undefined}
          >
            Decide {codes}
            {decision.caution?.isRefused && " all the same"}
          </Button>
        </div>
      )}
      <p className="slds-assistive-text" role="status">
        {chosen.length > 0 && `${codes} of ${waiting} ticked`}
      </p>
    </form>
  );
}

/** HTML has no attribute for it. */
function useIndeterminate(box: { readonly current: HTMLInputElement | null }, indeterminate: boolean): void {
  useEffect(() => {
    if (box.current) box.current.indeterminate = indeterminate;
  }, [box, indeterminate]);
}
