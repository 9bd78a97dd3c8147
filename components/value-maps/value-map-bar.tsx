"use client";

import { maxCodes } from "@/lib/core/mapping/document";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EditBar } from "../ui/edit-bar";
import { count, counted } from "../ui/numbers";
import { RelativeTime } from "../ui/relative-time";
import type { ValueMapEditor } from "./use-value-map";

/** Why it cannot be saved as it is typed, told from above it or from a dialog; null when it can. */
export function whyNot(
  { read, incomplete }: ValueMapEditor,
  place: "below" | "on the page" = "below",
): string | null {
  if (!incomplete) return null;
  return read.tooMany
    ? `A value map has at most ${count(maxCodes)} codes. Remove some before you save.`
    : `Correct what is marked ${place} before you save.`;
}

/** Whether the value map is saved, and what can be done. */
export function ValueMapBar({ editor, onDiscard }: { editor: ValueMapEditor; onDiscard: () => void }) {
  const { opened, changes, incomplete, saving, save } = editor;
  const { changed, revision } = opened;
  // Revision 0: somebody removed it, and the person is about to make it anew.
  const isNew = revision === 0;
  const unsaved = changes > 0 || incomplete || isNew;
  return (
    <EditBar
      label="Changes"
      state={
        <>
          {unsaved ? (
            <Badge tone="warning">{changes > 0 ? counted(changes, "unsaved change") : "Not saved"}</Badge>
          ) : (
            <Badge tone="success">Saved</Badge>
          )}
          {incomplete && <span className="edit-bar__problem">{whyNot(editor)}</span>}
          {!unsaved && (
            <span className="value-maps-quiet">
              <RelativeTime at={changed.at} /> {changed.by && `by ${changed.by}`}
            </span>
          )}
        </>
      }
    >
      {changes > 0 && <Button onClick={onDiscard}>Discard changes</Button>}
      <Button
        variant="brand"
        onClick={() => void save()}
        busy={saving}
        disabled={incomplete || (changes === 0 && !isNew)}
      >
        Save
      </Button>
    </EditBar>
  );
}
