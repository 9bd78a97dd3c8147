import type { ReactNode } from "react";
import { classes } from "./classes";
import { Icon } from "./icon";
import "./alert.css";

export type AlertTone = "info" | "success" | "warning" | "error";

interface AlertProps {
  tone: AlertTone;
  /** What is the matter, in a few words. */
  title?: ReactNode;
  /** What to do about it. */
  children?: ReactNode;
  actions?: ReactNode;
  /** Appears while the person is on the page: read out at once. */
  live?: boolean;
  className?: string;
}

/** A message that stays in the page, at the place it is about (Lightning's scoped notification). */
export function Alert({ tone, title, children, actions, live, className }: AlertProps) {
  return (
    <div
      role={live ? (tone === "error" ? "alert" : "status") : undefined}
      className={classes("ui-alert", `ui-alert_${tone}`, className)}
    >
      <Icon name={tone} size="small" className="ui-alert__icon" />
      <div className="ui-alert__text">
        {title && <p className="ui-alert__title">{title}</p>}
        {children && <div>{children}</div>}
      </div>
      {actions && <div className="ui-alert__actions">{actions}</div>}
    </div>
  );
}
