import type { ReactNode } from "react";
import "./edit-bar.css";

interface EditBarProps {
  label: string;
  /** Whether what is edited is saved; told to screen readers when it changes. */
  state: ReactNode;
  /** What can be done, as buttons. */
  children: ReactNode;
}

/** Stays in sight while what is edited scrolls. */
export function EditBar({ label, state, children }: EditBarProps) {
  return (
    <div className="edit-bar" role="region" aria-label={label}>
      <div className="edit-bar__state" role="status">
        {state}
      </div>
      <div className="edit-bar__actions">{children}</div>
    </div>
  );
}
