"use client";

import { useState } from "react";
import type { Rules } from "@/lib/core/connection-settings";
import type { MatchingSettings } from "@/lib/core/matching/settings";
import { LeaveGuard } from "../mappings/editor/leave-guard";
import { Alert } from "../ui/alert";
import { ConfirmDialog } from "../ui/confirm-dialog";
import { ChangeList } from "./change-list";
import { AnonymisedRule } from "./anonymised-rule";
import { ConflictNotice } from "./conflict-notice";
import { DirectionCard } from "./direction-card";
import { kindTitles } from "./sentences";
import { MatchingCard } from "./matching-card";
import { RulesBar } from "./rules-bar";
import { SalesCard } from "./sales-card";
import { TellCard } from "./tell-card";
import { useRules, type RulesEditor } from "./use-rules";
import { WayBackCard } from "./way-back-card";
import { WayBackSwitch } from "./way-back-switch";
import "./rules.css";

/** The rules of a connection: a draft in the page, saved after asking. */
export function RulesView({ institution }: { institution: string }) {
  const editor = useRules(institution);
  const { opened, draft, edit, problems, changes, unsaved, saving, save, theirs, discard } = editor;
  const [dialog, setDialog] = useState<"save" | "discard" | null>(null);
  const { rules, contactsOut } = draft.settings;
  const editRules = (change: (rules: Rules) => Rules) =>
    edit((current) => ({
      ...current,
      settings: { ...current.settings, rules: change(current.settings.rules) },
    }));
  const editMatching = (change: (matching: MatchingSettings) => MatchingSettings) =>
    edit((current) => ({
      ...current,
      settings: { ...current.settings, matching: change(current.settings.matching) },
    }));
  const setEnabled = (enabled: boolean) =>
    edit((current) => ({
      ...current,
      settings: { ...current.settings, contactsOut: { ...current.settings.contactsOut, enabled } },
    }));
  return (
    <>
      <LeaveGuard
        active={unsaved}
        onSave={save}
        incomplete={editor.incomplete ? "Correct what is marked on the page before you save." : null}
      >
        <ChangeList changes={changes} names={["Before", "After"]} />
        <Warnings warnings={editor.warnings} />
      </LeaveGuard>
      <RulesBar
        changed={opened.changed}
        changes={changes.length}
        unsaved={unsaved}
        incomplete={editor.incomplete}
        saving={saving}
        onSave={() => setDialog("save")}
        onDiscard={() => setDialog("discard")}
      />
      {theirs && <ConflictNotice {...theirs} onTakeTheirs={editor.takeTheirs} onKeepMine={editor.keepMine} />}
      <Alert tone="info" className="slds-m-bottom_small">
        A changed rule counts for what is made, edited or deleted from then on, however long the record has
        been there; what waits under Reviews stays there. These rules are part of the connection’s file:
        applying a file sets them to what it says, so export it after you changed something here (
        <code>npm run connector -- export {institution}</code>).
      </Alert>
      <DirectionCard direction="in" rules={rules} onChange={editRules} fields={opened.fields}>
        <p className="rules-quiet">
          What becomes of orders by their type and state is told in the mapping of sales.
        </p>
        <AnonymisedRule rules={rules} onChange={editRules} />
      </DirectionCard>
      <MatchingCard
        {...{ institution, rules }}
        matching={draft.settings.matching}
        filled={opened.filled}
        onChange={editMatching}
      />
      <SalesCard
        sales={draft.settings.sales}
        problem={problems.placeholder}
        onChange={(change) =>
          edit((current) => ({
            ...current,
            settings: { ...current.settings, sales: { ...current.settings.sales, ...change } },
          }))
        }
      />
      <DirectionCard direction="out" rules={rules} onChange={editRules} fields={opened.fields}>
        <WayBackSwitch enabled={contactsOut.enabled} onChange={setEnabled} missing={opened.missing} />
        <p className="rules-quiet">
          A record that was merged into another is not deleted: the merge is followed.
        </p>
      </DirectionCard>
      <WayBackCard draft={draft} problems={problems} edit={edit} />
      <TellCard
        value={draft.tell}
        problem={problems.tell}
        mailSetUp={opened.mailSetUp}
        onChange={(tell) => edit((current) => ({ ...current, tell }))}
      />
      <Dialogs {...{ dialog, setDialog, changes, saving, save, discard }} warnings={editor.warnings} />
    </>
  );
}

interface DialogsProps extends Pick<RulesEditor, "changes" | "saving" | "save" | "discard" | "warnings"> {
  dialog: "save" | "discard" | null;
  setDialog: (dialog: null) => void;
}

function Dialogs({ dialog, setDialog, changes, saving, save, discard, warnings }: DialogsProps) {
  const close = () => setDialog(null);
  return (
    <>
      <ConfirmDialog
        open={dialog === "save"}
        onOpenChange={close}
        title="Save these rules?"
        confirmLabel="Save"
        busy={saving}
        onConfirm={() => void save().then(close)}
      >
        <Warnings warnings={warnings} />
        {changes.length === 0 ? (
          <p>Nothing differs from what is saved.</p>
        ) : (
          <ChangeList changes={changes} names={["Before", "After"]} />
        )}
      </ConfirmDialog>
      <ConfirmDialog
        open={dialog === "discard"}
        onOpenChange={close}
        title="Discard your changes?"
        confirmLabel="Discard"
        variant="destructive"
        onConfirm={() => {
          discard();
          close();
        }}
      >
        The rules go back to what was saved last.
      </ConfirmDialog>
    </>
  );
}

function Warnings({ warnings }: Pick<RulesEditor, "warnings">) {
  return warnings.map(({ kind, condition, sentence }) => (
    <Alert
      key={kind}
      tone="warning"
      className="slds-m-bottom_small"
      title={`${kindTitles[kind]}: the condition ${condition} will hardly do what is meant`}
    >
      {sentence}
    </Alert>
  ));
}
