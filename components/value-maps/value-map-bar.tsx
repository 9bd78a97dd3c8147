"use client";

import { maxCodes } from "@/lib/core/mapping/document";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EditBar } from "../ui/edit-bar";
import { count, counted } from "../ui/numbers";
import { RelativeTime } from "../ui/relative-time";
import type { ValueMapEditor } from "./use-value-map";

/** Whether the value map is saved, and what can be done. */
export function ValueMapBar({ editor, onDiscard }: { editor: ValueMapEditor; onDiscard: () => void }) {
  const { opened, changes, incomplete, read, saving, save } = editor;
  const { changed, revision } = opened;
  const unsaved = changes > 0 || incomplete;
  return (
    <EditBar
      label="Changes"
      state={
        <>
          {unsaved ? (
            <Badge tone="warning">{counted(changes, "unsaved change")}</Badge>
          ) : (
            <Badge tone="success">Saved</Badge>
          )}
          {incomplete && (
            <span className="edit-bar__problem">
              {read.tooMany
                ? `A value map has at most ${count(maxCodes)} codes. Remove some before you save.`
                : "Correct what is marked below before you save."}
            </span>
          )}
          {!unsaved && revision > 0 && (
            <span className="value-maps-quiet">
              <RelativeTime at={changed.at} /> {changed.by && `by ${changed.by}`}
            </span>
          )}
        </>
      }
    >
      {unsaved && <Button onClick={onDiscard}>Discard changes</Button>}
      <Button
        variant="brand"
        onClick={() => void save()}
        busy={saving}
        disabled={incomplete || (changes === 0 && revision > 0)}
      >
        Save
      </Button>
    </EditBar>
  );
}
