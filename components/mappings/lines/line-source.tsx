"use client";

import { useImperativeHandle, useRef, useState, type Ref } from "react";
import { checkExpression } from "@/lib/core/mapping/expression/allow-list";
import { compileShortForm } from "@/lib/core/mapping/short-form/compile";
import { readShortForm } from "@/lib/core/mapping/short-form/parse";
import { Alert } from "../../ui/alert";
import type { CodeHandle } from "../../ui/code-field";
import { Tabs } from "../../ui/tabs";
import type { EditedLine, Unread } from "../draft/content";
import { ExpressionField } from "../expressions/expression-field";
import { PartsField, type PartsHandle } from "../expressions/parts-field";
import { ShortFormField } from "../expressions/short-form-field";
import { shortTextOf } from "../expressions/short-text";
import { compiledPath, isShortForm, type EditorSource } from "../source/source";

export interface LineSourceHandle {
  /** Puts the path of a value where the caret is, or into the row that was looked at last. */
  insertPath: (path: string) => void;
}

interface LineSourceProps {
  edited: EditedLine;
  /** What the line says in the saved draft. */
  saved: string;
  source: EditorSource;
  onExpression: (expression: string) => void;
  /** `expression`: what of it can be read. */
  onUnread: (unread: Unread, expression?: string) => void;
  ref?: Ref<LineSourceHandle>;
}

type Way = "short" | "parts" | "expression";

/** Where the value of a line comes from: in short form, as rows, or as the expression that is stored. */
export function LineSource({ edited, saved, source, onExpression, onUnread, ref }: LineSourceProps) {
  const { line, unread } = edited;
  const isShort = unread !== null || line.expression.trim() === "" || shortTextOf(line.expression) !== null;
  const [way, setWay] = useState<Way>(unread?.cells ? "parts" : isShort ? "short" : "expression");
  const shortForm = useRef<CodeHandle>(null);
  const parts = useRef<PartsHandle>(null);
  const expression = useRef<CodeHandle>(null);
  useImperativeHandle(ref, () => ({
    insertPath(path) {
      if (way !== "expression" && !isShortForm(path, source.model)) {
        const { expression: before } = line;
        setWay("expression");
        onExpression(before.trim() === "" ? path : `$joinParts(" ", ${before}, ${path})`);
      } else if (way === "expression")
        expression.current?.insert(compiledPath(path, source).expression ?? path);
      else if (way === "short") shortForm.current?.insert(path);
      else if (!parts.current?.insertPath(path)) setWay(isShort ? "short" : "expression");
    },
  }));
  const open = (next: Way) => {
    setWay(next);
    // What is too much for one row may well be a short form.
    const read = next === "short" && unread?.cells ? readShortForm(unread.text, source.model) : null;
    if (read?.ok) onExpression(compileShortForm(read.form));
  };
  return (
    <Tabs
      label="Ways to write the line"
      value={way}
      onValueChange={(next) => open(next as Way)}
      tabs={[
        {
          value: "short",
          label: "Short form",
          content: isShort ? (
            <ShortFormField
              ref={shortForm}
              expression={line.expression}
              saved={saved}
              unread={unread?.text ?? null}
              source={source}
              onExpression={onExpression}
              onUnread={(text, before) => onUnread({ text, cells: null }, before)}
              autoFocus
            />
          ) : (
            <TooRich expression={line.expression} />
          ),
        },
        {
          value: "parts",
          label: "Rows",
          content: (
            <>
              {unread && !unread.cells && <StillTyped unread={unread} />}
              <PartsField
                ref={parts}
                expression={line.expression}
                cells={unread?.cells ?? {}}
                source={source}
                onExpression={onExpression}
                onUnread={onUnread}
              />
            </>
          ),
        },
        {
          value: "expression",
          label: "Expression",
          content: (
            <>
              {unread && <StillTyped unread={unread} />}
              <ExpressionField
                ref={expression}
                expression={line.expression}
                source={source}
                onExpression={onExpression}
                autoFocus
              />
            </>
          ),
        },
      ]}
    />
  );
}

/** What was typed in another way is still there, and not in what is shown here. */
function StillTyped({ unread: { text, cells } }: { unread: Unread }) {
  return (
    <Alert tone="warning" className="slds-m-bottom_small" title="What was typed last cannot be read yet">
      <code>{text}</code> stands {cells ? "in rows" : "in short form"}. Here is what the line said before; a
      change here takes the place of it.
    </Alert>
  );
}

function TooRich({ expression }: { expression: string }) {
  const [problem] = checkExpression(expression);
  if (problem) return <p>{problem.sentence} Correct it as an expression first.</p>;
  return <p>This line says more than short form can. Change it as an expression.</p>;
}
