"use client";

import type { StoredRules } from "@/lib/connections/contract";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EditBar } from "../ui/edit-bar";
import { counted } from "../ui/numbers";
import { RelativeTime } from "../ui/relative-time";

interface RulesBarProps {
  changed: StoredRules["changed"];
  /** Sentences that differ from what is stored. */
  changes: number;
  unsaved: boolean;
  /** Something typed cannot be saved as it is. */
  incomplete: boolean;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Stays in sight while the rules scroll: whether they are saved, and what can be done. */
export function RulesBar(props: RulesBarProps) {
  const { changed, changes, unsaved, incomplete, saving, onSave, onDiscard } = props;
  return (
    <EditBar
      label="Changes"
      state={
        <>
          {unsaved ? (
            <Badge tone="warning">
              {changes > 0 ? counted(changes, "unsaved change") : "Unsaved changes"}
            </Badge>
          ) : (
            <Badge tone="success">Saved</Badge>
          )}
          {incomplete && (
            <span className="edit-bar__problem">Correct what is marked below before you save.</span>
          )}
          {!unsaved && changed && (
            <span className="rules-quiet">
              <RelativeTime at={changed.at} /> by {changed.by}
            </span>
          )}
        </>
      }
    >
      {unsaved && <Button onClick={onDiscard}>Discard changes</Button>}
      <Button variant="brand" onClick={onSave} busy={saving} disabled={!unsaved || incomplete}>
        Save
      </Button>
    </EditBar>
  );
}
