"use client";

import { useMemo, useState } from "react";
import { LeaveGuard } from "../mappings/leave-guard";
import { Alert } from "../ui/alert";
import { Card } from "../ui/card";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ChangedRecords } from "./changed-records";
import { CodesCard } from "./codes-card";
import { ConflictNotice } from "./conflict-notice";
import { InboxCard } from "./inbox-card";
import { OtherwiseCard } from "./otherwise-card";
import { useValueMap } from "./use-value-map";
import { Uses } from "./uses";
import { ValueMapBar } from "./value-map-bar";
import "./value-maps.css";

/** One value map: a draft in the page, saved on request, and its inbox. */
export function ValueMapEditor({ institution, name }: { institution: string; name: string }) {
  const place = useMemo(() => ({ connection: institution, name }), [institution, name]);
  const editor = useValueMap(place);
  const [discarding, setDiscarding] = useState(false);
  const { opened, theirs } = editor;
  return (
    <>
      <LeaveGuard active={editor.changes > 0} />
      <ValueMapBar editor={editor} onDiscard={() => setDiscarding(true)} />
      {theirs && <ConflictNotice {...theirs} onTakeTheirs={editor.takeTheirs} onKeepMine={editor.keepMine} />}
      <Alert tone="info">
        What you save counts at once, also for mappings that run, and records that were held are evaluated
        again. Value maps are part of the connection’s file: export it after you changed one (
        <code>npm run connector -- export {institution}</code>), or the next <code>apply</code> sets it back.
      </Alert>
      <ChangedRecords editor={editor} />
      {opened.revision > 0 && <InboxCard editor={editor} />}
      <OtherwiseCard editor={editor} />
      <CodesCard editor={editor} />
      <Card title="Used by" icon="mapping">
        <Uses uses={opened.uses} />
      </Card>
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
