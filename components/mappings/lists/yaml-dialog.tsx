"use client";

import { useDeferredValue, useMemo } from "react";
import { neededLinesLacking } from "@/lib/core/mapping/lists/outcome";
import { sameMapping, sameSales } from "@/lib/core/mapping/difference";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { readMappingYaml, type MappingYamlAnswer } from "@/lib/core/mapping/lists/mapping-yaml";
import { doubtsAbout } from "@/lib/core/mapping/lists/yaml-doubts";
import { noSalesRules } from "@/lib/core/mapping/sales/sales";
import type { YamlProblem } from "@/lib/core/yaml-file";
import { Alert } from "../../ui/alert";
import { onto } from "../draft/editor-state";
import { LineComparison } from "../versions/line-comparison";
import { wordsOfReplacement } from "./list-formats";
import { useFieldText } from "../field-labels";
import { TextDialog, type ListDialogProps } from "./text-dialog";
import { TextProblems } from "./text-problems";
import { useCorrection } from "../expressions/use-correction";

function shownProblem({ line, sentence, meant }: YamlProblem) {
  const lines = line === null ? null : { from: line, to: line + 1 };
  return { at: line, sentence, suggestion: meant && lines ? { ...meant, lines, at: null } : null };
}

/** What a file does not say is none: it holds the whole mapping. */
function loadedOnto(
  document: MappingDocument,
  { filter, sales, lines }: Extract<MappingYamlAnswer, { ok: true }>,
) {
  return onto(document, { filter: filter ?? "", sales: sales ?? noSalesRules, lines: [...lines] });
}

/** What is wrong with the YAML, or how the draft would differ from what is open. */
export function YamlDialog({ editor, target, source, text, onText, onClose }: ListDialogProps) {
  const { mapping, document, dispatch } = editor;
  const textOf = useFieldText();
  const read = useDeferredValue(text);
  const { preview, correction } = useCorrection(read, text, onText);
  const answer = useMemo(
    () => (read === "" ? null : readMappingYaml(read, { name: mapping.name, document })),
    [read, mapping.name, document],
  );
  const loaded = useMemo(() => (answer?.ok ? loadedOnto(document, answer) : null), [answer, document]);
  const doubts = useMemo(
    () => (answer?.ok ? doubtsAbout(answer, target?.fields ?? null, document.kind, source) : []),
    [answer, target, document.kind, source],
  );
  const lacking = useMemo(
    () => (loaded ? neededLinesLacking(document, loaded.lines, target?.fields ?? null) : []),
    [document, loaded, target],
  );
  const changes = loaded !== null && read === text && !sameMapping(loaded, document);
  const hasFilter = loaded !== null && (loaded.filter ?? "") !== (document.filter ?? "");
  const hasSales = loaded !== null && !sameSales(loaded.sales, document.sales);
  return (
    <TextDialog
      format="yaml"
      text={text}
      onText={onText}
      onClose={onClose}
      takeover={changes ? { lines: loaded.lines, count: loaded.lines.length, hasFilter, hasSales } : null}
      onTakeOver={({ lines, ...taken }) => {
        const what = wordsOfReplacement("yaml", taken);
        dispatch({
          type: "lines-replaced",
          lines,
          filter: loaded?.filter ?? "",
          sales: loaded?.sales ?? noSalesRules,
          what,
        });
        onText("");
        onClose();
      }}
      preview={(goTo) => (
        <div className="lists-preview" ref={preview} tabIndex={-1}>
          {answer?.ok === false && (
            <TextProblems
              title="This cannot be loaded"
              problems={answer.problems.map(shownProblem)}
              correction={correction}
              onGoTo={goTo}
            />
          )}
          {doubts.length > 0 && (
            <TextProblems
              tone="warning"
              title="Worth a look in this text"
              problems={doubts}
              correction={correction}
              onGoTo={goTo}
            />
          )}
          {lacking.length > 0 && (
            <Alert tone="warning" title="Without these lines the draft cannot be published">
              <ul className="slds-list_dotted">
                {lacking.map(({ line, why }) => (
                  <li key={line.target}>
                    {textOf(line.target)}: {why}.
                  </li>
                ))}
              </ul>
            </Alert>
          )}
          {loaded && <LineComparison before={document} after={loaded} names={["Draft", "YAML"]} />}
        </div>
      )}
    />
  );
}
