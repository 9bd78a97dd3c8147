"use client";

import { useMemo, useState } from "react";
import { LeaveGuard } from "../mappings/editor/leave-guard";
import { Alert } from "../ui/alert";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ChangedRecords } from "./changed-records";
import { CodesCard } from "./codes-card";
import { ConflictNotice } from "./conflict-notice";
import { InboxCard } from "./inbox-card";
import { OtherwiseCard } from "./otherwise-card";
import { useValueMap } from "./use-value-map";
import { UsesCard } from "./uses-card";
import { ValueMapBar, whyNot } from "./value-map-bar";
import "./value-maps.css";

interface ValueMapEditorProps {
  institution: string;
  name: string;
  /** Who is signed in, as value maps name people. */
  actor: string;
}

/** One value map: a draft in the page, saved on request, and its inbox. */
export function ValueMapEditor({ institution, name, actor }: ValueMapEditorProps) {
  const place = useMemo(() => ({ connection: institution, name }), [institution, name]);
  const editor = useValueMap(place);
  const [discarding, setDiscarding] = useState(false);
  const { opened, theirs } = editor;
  return (
    <>
      <LeaveGuard
        active={editor.changes > 0}
        onSave={editor.save}
        incomplete={whyNot(editor, "on the page")}
      />
      <ValueMapBar editor={editor} onDiscard={() => setDiscarding(true)} />
      {theirs && (
        <ConflictNotice
          {...theirs}
          actor={actor}
          onTakeTheirs={editor.takeTheirs}
          onKeepMine={editor.keepMine}
        />
      )}
      <Alert tone="info">
        What you save counts at once, also for mappings that run, and records that were held are evaluated
        again. Where the connection is set up from a file, download the file from the list of mappings
        afterwards: the next <code>apply</code> of an older one sets the value map back.
      </Alert>
      <ChangedRecords editor={editor} />
      <UsesCard editor={editor} />
      {opened.revision > 0 && <InboxCard editor={editor} />}
      <OtherwiseCard editor={editor} />
      <CodesCard editor={editor} />
      <ConfirmDialog
        open={discarding}
        onOpenChange={setDiscarding}
        title="Discard your changes?"
        confirmLabel="Discard"
        variant="destructive"
        onConfirm={() => {
          editor.discard();
          setDiscarding(false);
        }}
      >
        The value map goes back to what was saved last.
      </ConfirmDialog>
    </>
  );
}
