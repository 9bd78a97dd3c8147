"use client";

import { useCallback, useRef } from "react";
import type { SavedValueMap, ValueMapDetail } from "@/lib/mappings/value-map-contract";
import { Button } from "../ui/button";
import { problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { saveValueMap, theirsOf, type Place } from "./queries";
import { releasedText } from "./words";

const timeToUndoMs = 30_000;

interface Told {
  readonly title: string;
  readonly text: string;
}

function toldOf(released: number): Told {
  return { title: "The value map is saved", text: `It counts from now on. ${releasedText(released)}` };
}

/** Says that a value map is saved and offers to put back what was there before, unless somebody changed it since. */
export function useUndo(place: Place, accept: (saved: SavedValueMap) => void) {
  const toast = useToast();
  const closeLast = useRef<() => void>(undefined);
  return useCallback(
    ({ stored, released }: SavedValueMap, before: ValueMapDetail, told = toldOf(released)) => {
      const undo = async () => {
        close();
        try {
          accept(await saveValueMap(place, { revision: stored.revision, entries: before.entries }));
          toast.success("The value map is as it was before", "What was written meanwhile stays written.");
        } catch (error) {
          const why = theirsOf(error)
            ? "Somebody changed the value map since. Reload the page to see it."
            : problemSentence(error);
          toast.error("Undo did not work", why);
        }
      };
      // Of several saves only the last one can be taken back.
      closeLast.current?.();
      const close = toast.success(
        told.title,
        <>
          {told.text}{" "}
          <Button variant="neutral" icon="undo" onClick={() => void undo()}>
            Undo
          </Button>
        </>,
        timeToUndoMs,
      );
      closeLast.current = close;
    },
    [place, accept, toast],
  );
}
