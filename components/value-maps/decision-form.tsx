"use client";

import { Button } from "../ui/button";
import { DecisionFields } from "./decision-fields";
import { useDecision } from "./use-decision";
import type { ValueMapEditor } from "./use-value-map";

interface DecisionFormProps {
  editor: ValueMapEditor;
  code: string;
  /** The code goes from the inbox, and the button with it. */
  onDecided: () => void;
}

/** Says of one code what it stands for, or what is to be done with it. */
export function DecisionForm({ editor, code, onDecided }: DecisionFormProps) {
  const decision = useDecision(editor.place, [code], {
    accept: editor.accept,
    decided: (saved, codes) => {
      editor.decided(saved, codes);
      onDecided();
    },
  });
  return (
    <form className="value-maps-decision" data-code={code} onSubmit={decision.decide}>
      <DecisionFields decision={decision} about={code} otherwise={editor.opened.entries.otherwise} />
      <Button type="submit" busy={decision.deciding} disabled={decision.lacksValue}>
        Decide<span className="slds-assistive-text"> {code}</span>
        {decision.caution?.isRefused && " all the same"}
      </Button>
    </form>
  );
}
