"use client";

import type { ConnectionSettings } from "@/lib/core/connection-settings";
import { Card } from "../ui/card";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { Select } from "../ui/select";
import type { DraftProblems, RulesDraft } from "./draft";
import { callsADay, intervalOptions } from "./intervals";

interface WayBackCardProps {
  draft: RulesDraft;
  problems: DraftProblems;
  edit: (change: (draft: RulesDraft) => RulesDraft) => void;
}

const owners = [
  { value: "s360", label: "S-360’s value stays" },
  { value: "salesforce", label: "Salesforce’s value stays" },
];

/** What holds for all kinds: conflicts, polling, mass updates and the mark of deleted contacts. */
export function WayBackCard({ draft, problems, edit }: WayBackCardProps) {
  const { conflictOwner, contactsOut } = draft.settings;
  const change = (changes: Partial<ConnectionSettings["contactsOut"]>) =>
    edit((current) => ({
      ...current,
      settings: { ...current.settings, contactsOut: { ...current.settings.contactsOut, ...changes } },
    }));
  return (
    <Card title="For all kinds" icon="connection">
      <div className="rules-list">
        <Field
          className="rules-sentence"
          label="When both sides changed a field:"
          help="A line of a mapping can say otherwise for its own field. Neither system has a time per field, so the newest cannot be told."
        >
          <Select
            options={owners}
            value={conflictOwner}
            onChange={(event) => {
              const owner = event.target.value === "salesforce" ? "salesforce" : "s360";
              edit((current) => ({ ...current, settings: { ...current.settings, conflictOwner: owner } }));
            }}
          />
        </Field>
        <Field
          className="rules-sentence"
          label="Salesforce is asked what changed:"
          help={`Each time costs at least one API call of the org: ${callsADay(contactsOut.pollSeconds)} a day.`}
        >
          <Select
            options={intervalOptions(contactsOut.pollSeconds)}
            value={String(contactsOut.pollSeconds)}
            onChange={(event) => change({ pollSeconds: Number(event.target.value) })}
          />
        </Field>
        <Field
          className="rules-sentence"
          label="A person starts the sending when more records changed at once than:"
          help="An import or a mass update in Salesforce would use up S-360’s calls. It waits as one review."
          error={problems.massLimit}
        >
          <Input
            inputMode="numeric"
            autoComplete="off"
            value={draft.massLimit}
            onChange={(event) => edit((current) => ({ ...current, massLimit: event.target.value }))}
          />
        </Field>
        <Field
          className="rules-sentence"
          label="The criterion that marks deleted contacts in S-360:"
          help="Its code in S-360’s back office. It must exist there before a rule above says “mark the contact”."
          error={problems.markCriterion}
        >
          <Input
            code
            autoComplete="off"
            spellCheck={false}
            value={contactsOut.markCriterion}
            onChange={(event) => change({ markCriterion: event.target.value })}
          />
        </Field>
      </div>
    </Card>
  );
}
