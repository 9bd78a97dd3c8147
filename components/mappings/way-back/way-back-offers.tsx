"use client";

import { useState } from "react";
import { Button } from "../../ui/button";
import { Checkbox } from "../../ui/checkbox";
import { Dialog } from "../../ui/dialog";
import { counted } from "../../ui/numbers";
import type { WayBackOffer } from "./way-back";

interface WayBackOffersProps {
  offers: readonly WayBackOffer[];
  /** Lets edits of these lines go back. */
  onAccept: (uids: ReadonlySet<number>) => void;
}

/** Lines that could go both ways, told with what would become of an edit; they do once a person has said so. */
export function WayBackOffers({ offers, onAccept }: WayBackOffersProps) {
  const [open, setOpen] = useState(false);
  if (offers.length === 0 && !open) return null;
  return (
    <p className="mappings-legend">
      <span>
        {counted(offers.length, "line")} could go back to S-360 as well.{" "}
        <Button variant="base" onClick={() => setOpen(true)}>
          Choose which
        </Button>
      </span>
      {open && (
        <OffersDialog
          offers={offers}
          onClose={() => setOpen(false)}
          onAccept={(uids) => {
            onAccept(uids);
            setOpen(false);
          }}
        />
      )}
    </p>
  );
}

function OffersDialog({ offers, onAccept, onClose }: WayBackOffersProps & { onClose: () => void }) {
  const [chosen, setChosen] = useState<ReadonlySet<number>>(new Set());
  const accepted = offers.filter(({ uid }) => chosen.has(uid));
  const isAll = accepted.length === offers.length;
  const turn = (uid: number) => {
    const next = new Set(chosen);
    if (!next.delete(uid)) next.add(uid);
    setChosen(next);
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="medium"
      title="Let edits go back to S-360"
      description="These expressions can be turned round. Edits made in Salesforce go back for the lines you choose, once the mapping is published."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="brand"
            disabled={accepted.length === 0}
            onClick={() => onAccept(new Set(accepted.map(({ uid }) => uid)))}
          >
            {accepted.length === 0
              ? "Let edits go back"
              : `Let edits of ${counted(accepted.length, "line")} go back`}
          </Button>
        </>
      }
    >
      {offers.length > 1 && (
        <Checkbox
          label={`All ${counted(offers.length, "line")}`}
          checked={isAll}
          onChange={() => setChosen(new Set(isAll ? [] : offers.map(({ uid }) => uid)))}
        />
      )}
      <ul className="mappings-offers" aria-label="Lines that could go back">
        {offers.map(({ uid, name, sentence }) => (
          <li key={uid}>
            <Checkbox label={name} checked={chosen.has(uid)} onChange={() => turn(uid)} />
            <span className="mappings-name">{sentence}</span>
          </li>
        ))}
      </ul>
    </Dialog>
  );
}
