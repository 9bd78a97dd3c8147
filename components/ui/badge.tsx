import type { ReactNode } from "react";
import { classes } from "./classes";
import type { Tone } from "./tone";
import "./badge.css";

const themes: Record<Tone, string | null> = {
  neutral: null,
  info: "ui-badge_info",
  success: "slds-theme_success",
  warning: "slds-theme_warning",
  error: "slds-theme_error",
};

/** A word for a state. The tone only underlines it: the word must say it alone. */
export function Badge({ tone = "neutral", children }: { tone?: Tone; children: ReactNode }) {
  return <span className={classes("slds-badge", "ui-badge", themes[tone])}>{children}</span>;
}
