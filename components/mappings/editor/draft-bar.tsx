"use client";

import type { MappingPreview } from "@/lib/mappings/contract";
import { Badge } from "../../ui/badge";
import { Button } from "../../ui/button";
import { EditBar } from "../../ui/edit-bar";
import { Menu, MenuButton } from "../../ui/menu";
import { RelativeTime } from "../../ui/relative-time";
import { savedElsewhereId } from "../draft/conflict-notice";
import { whoSaved } from "../../ui/who";
import { UndoButtons } from "./undo-buttons";
import type { Editor } from "./use-editor";
import { useFieldText } from "../field-labels";
import { useDebounced } from "../use-debounced";

const typingPauseMs = 1_000;

interface DraftBarProps {
  editor: Editor;
  /** Why the draft cannot be saved as it is typed. */
  incomplete: string | null;
  required: MappingPreview["required"] | null;
  onDiscardDraft: () => void;
  onPublish: () => void;
}

/** Stays in sight while the lines scroll: where the draft stands, and what can be done with it. */
export function DraftBar({ editor, incomplete, required, onDiscardDraft, onPublish }: DraftBarProps) {
  const { mapping, state, dispatch, unsaved, saving, save } = editor;
  const { draftDiffers, published } = mapping;
  // While somebody types, what they have not finished is no news.
  const settled = useDebounced(incomplete, typingPauseMs);
  const stop = settled === incomplete ? incomplete : null;
  const canPublish = unsaved || draftDiffers;
  const canGoBack = draftDiffers && published !== null;
  return (
    <EditBar
      label="Draft"
      state={
        <>
          <DraftState editor={editor} />
          {required && <Coverage required={required} />}
          {stop !== null && <span className="edit-bar__problem">{stop}</span>}
        </>
      }
    >
      <UndoButtons history={state.history} dispatch={dispatch} />
      {(unsaved || canGoBack) && (
        <Menu
          trigger={
            <Button icon="chevron-down" disabled={saving}>
              More
            </Button>
          }
        >
          {unsaved && (
            <MenuButton
              hint="What you typed since the draft was last saved."
              onClick={() => dispatch({ type: "discarded", saved: state.saved, what: "Changes discarded" })}
            >
              Discard unsaved changes
            </MenuButton>
          )}
          {canGoBack && (
            <MenuButton
              hint="The saved draft of all of you gives way to what is published."
              onClick={onDiscardDraft}
            >
              Go back to version {published.number}…
            </MenuButton>
          )}
        </Menu>
      )}
      <Button
        onClick={() => void save()}
        busy={saving}
        disabled={!unsaved || incomplete !== null}
        title={incomplete ?? undefined}
      >
        Save draft
      </Button>
      <Button
        variant="brand"
        onClick={onPublish}
        disabled={!canPublish || incomplete !== null || saving}
        title={canPublish ? (incomplete ?? undefined) : "The draft says what is published"}
      >
        Publish
      </Button>
    </EditBar>
  );
}

function DraftState({ editor: { mapping, state, actor, unsaved } }: { editor: Editor }) {
  const { theirs, saved } = state;
  const { published, stopped, draftDiffers } = mapping;
  if (theirs)
    return (
      <>
        <Badge tone="warning">{unsaved ? "Unsaved changes" : "Not the latest"}</Badge>
        <span>
          {whoSaved(theirs.draft, actor)} saved <RelativeTime at={theirs.draft.at} />.{" "}
          <Button variant="base" onClick={() => document.getElementById(savedElsewhereId)?.focus()}>
            See what changed
          </Button>
        </span>
      </>
    );
  if (unsaved) return <Badge tone="warning">Unsaved changes</Badge>;
  if (stopped) return <Badge tone="warning">Version {stopped.number} stopped</Badge>;
  if (!draftDiffers)
    return <Badge tone="success">{published ? `Version ${published.number} published` : "Published"}</Badge>;
  return (
    <>
      <Badge tone="info">{published ? "Unpublished changes" : "Not published"}</Badge>
      <span className="mappings-quiet">
        Saved <RelativeTime at={saved.draft.at} />
        {saved.draft.by && ` by ${saved.draft.by}`}
      </span>
    </>
  );
}

function Coverage({ required: { needed, missing } }: { required: MappingPreview["required"] }) {
  const textOf = useFieldText();
  const words = `${needed - missing.length} of ${needed} required`;
  if (missing.length === 0) return <span className="mappings-quiet">{words}</span>;
  return (
    <span className="edit-bar__problem">
      {words}: {missing.map(textOf).join(", ")} missing
    </span>
  );
}
