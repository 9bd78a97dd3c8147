"use client";

import { useRef } from "react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { MappingPreview, PreviewLine } from "@/lib/mappings/contract";
import { documentOf, type EditedLine, type EditorState } from "../draft/editor-state";
import type { LastGood } from "./last-good";
import { shownName } from "../names";
import { incompleteness } from "../lines/policies";
import { isHalfNamed } from "../expressions/name-doubts";
import type { EditorSource } from "../source/source";
import { askPreview, type TriedOn } from "../queries";
import { useDebounced } from "../use-debounced";

const typingPauseMs = 300;

export interface LivePreview {
  /** Null until the first answer. */
  readonly whole: Pick<MappingPreview, "problems" | "required" | "takesPart" | "sale"> | null;
  readonly lineOf: (uid: number) => PreviewLine | null;
  /** What a line gave before it met a problem, or could not be read. */
  readonly lastGoodOf: (uid: number) => LastGood | null;
  /** What is shown is older than what is typed. */
  readonly stale: boolean;
  /** An answer is on its way. */
  readonly pending: boolean;
  readonly error: unknown;
  readonly retry: () => void;
}

interface Answer {
  readonly lines: readonly EditedLine[];
  readonly preview: MappingPreview;
  readonly byUid: ReadonlyMap<number, PreviewLine>;
  readonly lastGood: ReadonlyMap<number, LastGood>;
}

/** What the lines as typed would do to a record or golden sample, a moment after typing stops. */
export function usePreview(
  mappingId: number,
  state: EditorState,
  source: EditorSource,
  on: TriedOn | null,
): LivePreview {
  const lines = useDebounced(state.lines, typingPauseMs);
  const onText = JSON.stringify(on);
  const memory = useRef<{ onText: string; good: ReadonlyMap<number, LastGood> }>({
    onText,
    good: new Map(),
  });
  // Of what cannot be read yet, what the line said before is tried: its result is shown beside it.
  const complete = lines.filter(({ line }) => incompleteness(line) === null);
  const document = documentOf({ ...state, lines: complete });
  const query = useQuery({
    queryKey: ["mappings", mappingId, "preview", document, complete.map(({ uid }) => uid), on],
    queryFn: async (): Promise<Answer> => {
      const preview = await askPreview(mappingId, document, on);
      const before = memory.current.onText === onText ? memory.current.good : new Map();
      const answer = answerOf({ lines, complete, source }, preview, before);
      memory.current = { onText, good: answer.lastGood };
      return answer;
    },
    placeholderData: keepPreviousData,
    staleTime: 0,
    gcTime: 60_000,
  });
  const { data } = query;
  const unread = new Set(state.lines.filter((edited) => edited.unread !== null).map(({ uid }) => uid));
  return {
    whole: data ? { ...data.preview, problems: withoutHalfWritten(data) } : null,
    lineOf: (uid) => (unread.has(uid) ? null : (data?.byUid.get(uid) ?? null)),
    lastGoodOf: (uid) => data?.lastGood.get(uid) ?? null,
    stale: lines !== state.lines || query.isPlaceholderData,
    pending: lines !== state.lines || query.isFetching,
    error: query.error,
    retry: () => void query.refetch(),
  };
}

/** What is half written is left out of what is tried; that no line fills its field is not what is wrong. */
function withoutHalfWritten({ lines, byUid, preview }: Answer): MappingPreview["problems"] {
  const left = lines.filter(({ uid }) => !byUid.has(uid)).map(({ line }) => shownName(line.target));
  return preview.problems.filter(({ target }) => target === null || !left.includes(shownName(target)));
}

interface Asked {
  readonly lines: readonly EditedLine[];
  /** Those that can be tried. */
  readonly complete: readonly EditedLine[];
  readonly source: EditorSource;
}

function answerOf(
  { lines, complete, source }: Asked,
  preview: MappingPreview,
  before: ReadonlyMap<number, LastGood>,
): Answer {
  const byUid = new Map<number, PreviewLine>();
  const lastGood = new Map(before);
  complete.forEach((edited, index) => {
    const { uid } = edited;
    const line = preview.lines[index];
    if (!line) return;
    byUid.set(uid, line);
    const isGood = line.result.outcome !== "problem" && line.result.outcome !== "not-run";
    // Half a name gives nothing, and that is the result of no line that somebody finished.
    if (isGood && (!lastGood.has(uid) || !isHalfNamed(edited, source)))
      lastGood.set(uid, { expression: edited.line.expression, result: line.result });
  });
  return { lines, preview, byUid, lastGood };
}
