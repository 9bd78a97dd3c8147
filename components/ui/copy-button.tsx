"use client";

import { useEffect, useState } from "react";
import { Button } from "./button";

/** Puts a text onto the clipboard and says so. `label` names what is copied, for screen readers. */
export function CopyButton({ text, label }: { text: string; label: string }) {
  const [state, setState] = useState<"idle" | "copied" | "refused">("idle");
  useEffect(() => {
    if (state === "idle") return;
    const timer = setTimeout(() => setState("idle"), 2_500);
    return () => clearTimeout(timer);
  }, [state]);
  const copy = async () => setState((await copyText(text)) ? "copied" : "refused");
  const words = { idle: "Copy", copied: "Copied", refused: "Select the text and copy it" };
  return (
    <Button
      icon={state === "copied" ? "check" : "copy"}
      onClick={copy}
      aria-label={state === "idle" ? label : undefined}
    >
      <span aria-live="polite">{words[state]}</span>
    </Button>
  );
}

/** Browsers offer the clipboard only to pages from https or from this machine. */
async function copyText(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    return false;
  }
}
