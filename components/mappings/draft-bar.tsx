"use client";

import type { MappingPreview, MappingSummary } from "@/lib/mappings/contract";
import { Badge } from "../ui/badge";
import { Button } from "../ui/button";
import { EditBar } from "../ui/edit-bar";
import { RelativeTime } from "../ui/relative-time";
import { useFieldText } from "./field-labels";

interface DraftBarProps {
  mapping: MappingSummary;
  unsaved: boolean;
  /** Why the draft cannot be saved as it is typed. */
  incomplete: string | null;
  required: MappingPreview["required"] | null;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
  onPublish: () => void;
}

/** Stays in sight while the lines scroll: where the draft stands, and what can be done with it. */
export function DraftBar(props: DraftBarProps) {
  const { mapping, unsaved, incomplete, required, saving, onSave, onDiscard, onPublish } = props;
  const canPublish = unsaved || mapping.draftDiffers;
  return (
    <EditBar
      label="Draft"
      state={
        <>
          <DraftState mapping={mapping} unsaved={unsaved} />
          {required && <Coverage required={required} />}
        </>
      }
    >
      {unsaved && <Button onClick={onDiscard}>Discard changes</Button>}
      <Button
        onClick={onSave}
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

function DraftState({ mapping, unsaved }: { mapping: MappingSummary; unsaved: boolean }) {
  if (unsaved) return <Badge tone="warning">Unsaved changes</Badge>;
  const { draft, published, stopped, draftDiffers } = mapping;
  if (stopped) return <Badge tone="warning">Version {stopped.number} stopped</Badge>;
  if (!draftDiffers)
    return <Badge tone="success">{published ? `Version ${published.number} published` : "Published"}</Badge>;
  return (
    <>
      <Badge tone="info">{published ? "Unpublished changes" : "Not published"}</Badge>
      <span className="mappings-quiet">
        Saved <RelativeTime at={draft.at} />
        {draft.by && ` by ${draft.by}`}
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
