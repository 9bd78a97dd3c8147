import type { ReactNode } from "react";
import "./empty-state.css";

interface EmptyStateProps {
  /** Why it is empty. */
  title: ReactNode;
  /** What to do. */
  children?: ReactNode;
  actions?: ReactNode;
}

/** What stands where a list would be. */
export function EmptyState({ title, children, actions }: EmptyStateProps) {
  return (
    <div className="ui-empty">
      <p className="slds-text-heading_small">{title}</p>
      {children && <div className="slds-m-top_x-small ui-empty__text">{children}</div>}
      {actions && <div className="slds-m-top_small">{actions}</div>}
    </div>
  );
}
