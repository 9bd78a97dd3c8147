"use client";

import { useRef, useState, type ReactNode } from "react";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { useLeaving } from "./use-leaving";

interface LeaveGuardProps {
  active: boolean;
  /** Saves what is typed; resolves with whether it is saved (if not, the person was told why). */
  onSave?: () => Promise<boolean>;
  /** Why it cannot be saved as it is typed. */
  incomplete?: string | null;
  /** What would be saved, where that has to be looked at first. */
  children?: ReactNode;
}

/** While there are unsaved changes, asks before a link or the browser leaves the page. */
export function LeaveGuard({ active, onSave, incomplete = null, children }: LeaveGuardProps) {
  const { isAsked, stay, leave } = useLeaving(active);
  const [saving, setSaving] = useState(false);
  const first = useRef<HTMLButtonElement>(null);
  const saveAndLeave = async () => {
    setSaving(true);
    const isSaved = await onSave?.();
    setSaving(false);
    if (isSaved) leave();
    else stay();
  };
  return (
    <Dialog
      open={isAsked}
      onOpenChange={stay}
      title="Leave without saving?"
      initialFocus={first}
      footer={
        <>
          <Button ref={first} onClick={stay}>
            Stay
          </Button>
          <Button variant="destructive" onClick={leave} disabled={saving}>
            Leave without saving
          </Button>
          {onSave && (
            <Button
              variant="brand"
              onClick={() => void saveAndLeave()}
              busy={saving}
              disabled={incomplete !== null}
            >
              Save and leave
            </Button>
          )}
        </>
      }
    >
      {children}
      <p>Your changes are not saved. If you leave without saving, they are lost.</p>
      {onSave && incomplete !== null && <p>They cannot be saved yet. {incomplete}</p>}
    </Dialog>
  );
}
