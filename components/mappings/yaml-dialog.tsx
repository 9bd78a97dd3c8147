"use client";

import { useDeferredValue, useMemo } from "react";
import { sameLines } from "@/lib/core/mapping/difference";
import { readMappingYaml } from "@/lib/core/mapping/lists/mapping-yaml";
import { LineComparison } from "./line-comparison";
import { wordsOfReplacement } from "./list-formats";
import { TextDialog, type ListDialogProps } from "./text-dialog";
import { TextProblems } from "./text-problems";

/** What is wrong with the YAML, or how the lines would differ from those that are open. */
export function YamlDialog({ editor, text, onText, onClose }: ListDialogProps) {
  const { mapping, document, dispatch } = editor;
  const read = useDeferredValue(text);
  const answer = useMemo(
    () => (read.trim() === "" ? null : readMappingYaml(read, { name: mapping.name, document })),
    [read, mapping.name, document],
  );
  const loaded = useMemo(
    () => (answer?.ok ? { ...document, lines: [...answer.lines] } : null),
    [answer, document],
  );
  const changes = loaded !== null && read === text && !sameLines(loaded, document);
  return (
    <TextDialog
      format="yaml"
      text={text}
      onText={onText}
      onClose={onClose}
      takeover={changes ? { lines: loaded.lines, count: loaded.lines.length } : null}
      onTakeOver={({ lines, count }) => {
        dispatch({ type: "lines-replaced", lines, what: wordsOfReplacement("yaml", count) });
        onText("");
        onClose();
      }}
      preview={(goTo) => (
        <div className="lists-preview">
          {answer?.ok === false && (
            <TextProblems
              title="This cannot be loaded"
              problems={answer.problems.map(({ line, sentence }) => ({ at: line, sentence }))}
              onGoTo={goTo}
            />
          )}
          {loaded && <LineComparison before={document} after={loaded} names={["Draft", "YAML"]} />}
        </div>
      )}
    />
  );
}
