"use client";

import { useState } from "react";
import type { BudgetStatus } from "@/lib/budget/contract";
import { Button } from "../ui/button";
import { GrantDialog } from "./grant-dialog";

interface GrantButtonProps {
  institution: string;
  budget: BudgetStatus;
}

/** Opens what is granted for editing. */
export function GrantButton({ institution, budget }: GrantButtonProps) {
  const [open, setOpen] = useState(false);
  return (
    <>
      <Button variant="base" onClick={() => setOpen(true)}>
        Edit<span className="slds-assistive-text"> the calls granted to this connector</span>
      </Button>
      {open && <GrantDialog institution={institution} budget={budget} onClose={() => setOpen(false)} />}
    </>
  );
}
