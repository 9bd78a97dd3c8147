"use client";

import { useImperativeHandle, useRef, useState, type Ref } from "react";
import type { CodeHandle } from "../ui/code-field";
import { Tabs } from "../ui/tabs";
import type { EditedLine } from "./editor-state";
import { ExpressionField } from "./expression-field";
import { PartsField } from "./parts-field";
import { ShortFormField } from "./short-form-field";
import { shortTextOf } from "./short-text";
import { compiledPath, type EditorSource } from "./source";

export interface LineSourceHandle {
  /** Puts the path of a value where the caret is. */
  insertPath: (path: string) => void;
}

interface LineSourceProps {
  edited: EditedLine;
  source: EditorSource;
  onExpression: (expression: string) => void;
  onUnread: (text: string) => void;
  ref?: Ref<LineSourceHandle>;
}

type Way = "short" | "parts" | "expression";

/** Where the value of a line comes from: in short form, as rows, or as the expression that is stored. */
export function LineSource({ edited, source, onExpression, onUnread, ref }: LineSourceProps) {
  const { line, unread } = edited;
  const isShort = unread !== null || line.expression.trim() === "" || shortTextOf(line.expression) !== null;
  const [way, setWay] = useState<Way>(isShort ? "short" : "expression");
  const shortForm = useRef<CodeHandle>(null);
  const expression = useRef<CodeHandle>(null);
  useImperativeHandle(ref, () => ({
    insertPath(path) {
      if (way === "expression") expression.current?.insert(compiledPath(path, source).expression ?? path);
      else if (way === "short") shortForm.current?.insert(path);
      else setWay("short");
    },
  }));
  const tooRich = <p>This line says more than short form can. Change it as an expression.</p>;
  return (
    <Tabs
      label="Ways to write the line"
      value={way}
      onValueChange={(next) => setWay(next as Way)}
      tabs={[
        {
          value: "short",
          label: "Short form",
          content: isShort ? (
            <ShortFormField
              ref={shortForm}
              expression={line.expression}
              unread={unread}
              source={source}
              onExpression={onExpression}
              onUnread={onUnread}
              autoFocus
            />
          ) : (
            tooRich
          ),
        },
        {
          value: "parts",
          label: "Rows",
          content: <PartsField expression={line.expression} source={source} onExpression={onExpression} />,
        },
        {
          value: "expression",
          label: "Expression",
          content: (
            <ExpressionField
              ref={expression}
              expression={line.expression}
              source={source}
              onExpression={onExpression}
              autoFocus
            />
          ),
        },
      ]}
    />
  );
}
