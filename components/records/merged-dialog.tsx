"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { isProvisional, maxKeyLength } from "@/lib/core/record-key";
import type { RecordDetail } from "@/lib/records/contract";
import type { NumberSeen, NumbersSeen } from "@/lib/reviews/contract";
import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { Field } from "../ui/field";
import { Input } from "../ui/input";
import { count, counted } from "../ui/numbers";
import { Problem, problemSentence } from "../ui/problem";
import { useToast } from "../ui/toast";
import { numbersQuery, sayMerged } from "./queries";
import { Link } from "./record-link";
import { kindLabel, nameOf } from "./words";

/** "Merged in S-360": S-360 does not tell which number stayed, so a person says it. */
export function MergedButton({ record }: { record: RecordDetail }) {
  const [open, setOpen] = useState(false);
  const { family, key, mergedInS360 } = record;
  if (family !== "contact" || isProvisional(key) || mergedInS360) return null;
  return (
    <>
      <Button onClick={() => setOpen(true)}>Merged in S-360 …</Button>
      {open && <MergedDialog record={record} close={() => setOpen(false)} />}
    </>
  );
}

function MergedDialog({ record, close }: { record: RecordDetail; close: () => void }) {
  const toast = useToast();
  const client = useQueryClient();
  const [typed, setTyped] = useState("");
  const [asked, setAsked] = useState("");
  const numbers = useQuery({ ...numbersQuery(record.id, asked), enabled: asked !== "" });
  const seen = asked !== "" && asked === typed.trim() ? numbers.data : undefined;
  const say = useMutation({
    mutationFn: () => sayMerged(record.id, asked),
    onSuccess: async ({ sales }) => {
      toast.success(
        "The number is not written any more",
        `${counted(sales, "sale")} moved or are on the way.`,
      );
      close();
      await client.invalidateQueries({ queryKey: ["records"] });
    },
    onError: (error) => toast.error("Nothing was changed", problemSentence(error)),
  });
  return (
    <Dialog
      open
      onOpenChange={(next) => !next && close()}
      title="Merged in S-360"
      description="S-360 does not tell which number stayed when two contacts were merged there. Say it here, and look at both before you confirm."
      footer={
        <>
          <Button onClick={close}>Cancel</Button>
          <Button
            variant="brand"
            onClick={() => say.mutate()}
            busy={say.isPending}
            disabled={!seen || seen.refusal !== null}
          >
            They are one
          </Button>
        </>
      }
    >
      <form
        className="records-merged__ask"
        onSubmit={(event) => {
          event.preventDefault();
          setAsked(typed.trim());
        }}
      >
        <Field label="This number now belongs to contact number" required>
          <Input
            value={typed}
            maxLength={maxKeyLength}
            autoComplete="off"
            spellCheck={false}
            onChange={({ target }) => setTyped(target.value)}
          />
        </Field>
        <Button type="submit" disabled={typed.trim() === ""} busy={numbers.isFetching}>
          Look
        </Button>
      </form>
      {numbers.isError && <Problem error={numbers.error} title="The contacts could not be read" />}
      {seen && <Both seen={seen} />}
    </Dialog>
  );
}

function Both({ seen: { number, head, sales, refusal } }: { seen: NumbersSeen }) {
  return (
    <div role="status">
      <dl className="records-merged__both">
        <Seen title="This number" number={number} />
        {head && <Seen title="Belongs to" number={head} />}
      </dl>
      {refusal !== null ? (
        <Alert tone="warning" title="They cannot be merged">
          {refusal}
        </Alert>
      ) : (
        <ul className="slds-list_dotted">
          <li>Nothing of number {number.key} is written any more; what S-360 says of it is kept here.</li>
          <li>
            Its sales ({count(sales)}) move to the Salesforce record of {head?.mergedInto ?? head?.key}, and
            so do those that still come.
          </li>
          {head?.mergedInto === null && head.links.length === 0 && (
            <li>
              {head.key} is not in Salesforce: until it is, its sales wait, or lose their account where the
              rule for sales without a contact says so.
            </li>
          )}
          {number.links.length > 0 && (
            <li>Its own Salesforce record stays as it is: merge or delete it there yourself.</li>
          )}
          <li>It can be taken back on this page.</li>
        </ul>
      )}
    </div>
  );
}

function Seen({ title, number }: { title: string; number: NumberSeen }) {
  const { id, key, kind, label, links, mergedInto } = number;
  const family = "contact" as const;
  return (
    <div>
      <dt className="records-quiet">{title}</dt>
      <dd>
        <Link record={{ id }} beside>
          {nameOf({ label, family, key })}
        </Link>
        <div>
          {kindLabel({ kind, family })} <span className="records-id">{key}</span>
        </div>
        {links.length === 0 && <div className="records-quiet">Not in Salesforce</div>}
        {links.map(({ object, salesforceId }) => (
          <div key={salesforceId} className="records-quiet">
            {object} <span className="records-id">{salesforceId}</span>
          </div>
        ))}
        {mergedInto !== null && (
          <div className="records-quiet">Itself merged into {mergedInto}, which is followed</div>
        )}
      </dd>
    </div>
  );
}
