"use client";

import { useCallback, useEffect, useMemo, useRef, type ReactNode } from "react";
import { usePathname } from "next/navigation";
import { Toast } from "@base-ui/react/toast";
import { Button } from "./button";
import { classes } from "./classes";
import { Icon } from "./icon";
import "./toast.css";

type ToastTone = "success" | "error" | "info" | "warning";

const timeoutsMs: Record<ToastTone, number> = { success: 5_000, info: 5_000, warning: 10_000, error: 0 };

/** Puts the page's toasts above everything. Once, around the whole app. */
export function ToastProvider({ children }: { children: ReactNode }) {
  return (
    <Toast.Provider limit={4}>
      {children}
      <Toast.Portal>
        <Toast.Viewport className="slds-notify_container ui-toasts">
          <ToastList />
        </Toast.Viewport>
      </Toast.Portal>
    </Toast.Provider>
  );
}

function ToastList() {
  const { toasts } = Toast.useToastManager();
  const pathname = usePathname();
  const closeErrors = useCloseErrors();
  useEffect(closeErrors, [pathname, closeErrors]);
  return toasts.map((toast) => {
    const tone = (toast.type ?? "info") as ToastTone;
    return (
      <Toast.Root
        key={toast.id}
        toast={toast}
        swipeDirection={["up", "right"]}
        className={classes("slds-notify slds-notify_toast", `slds-theme_${tone}`, "ui-toast")}
      >
        <Toast.Content className="ui-toast__content">
          <Icon name={tone} size="small" />
          <div className="slds-notify__content ui-toast__text">
            <Toast.Title className="slds-text-heading_small" />
            <Toast.Description />
          </div>
          <Toast.Close
            render={<Button variant="base" icon="close" iconOnly className="slds-button_icon-inverse" />}
          >
            Close
          </Toast.Close>
        </Toast.Content>
      </Toast.Root>
    );
  });
}

/** Shows a toast and returns what closes it. Of one with a button in it the time can be longer than usual. */
type ShowToast = (title: string, detail?: ReactNode, timeoutMs?: number) => () => void;

/**
 * Says how something the person did ended: success goes by itself, an error stays until it is closed, a dialog opens, or
 * the person goes to another page.
 */
export function useToast(): Record<ToastTone, ShowToast> {
  const { add, close } = Toast.useToastManager();
  return useMemo(() => {
    const show =
      (type: ToastTone): ShowToast =>
      (title, description, timeout = timeoutsMs[type]) => {
        const priority = type === "error" ? ("high" as const) : ("low" as const);
        const id = add({ type, title, description, timeout, priority });
        return () => close(id);
      };
    return { success: show("success"), error: show("error"), info: show("info"), warning: show("warning") };
  }, [add, close]);
}

/**
 * Closes the errors that would stay until a person closes them. They tell of what was done before: over the title and the
 * fields of a dialog, or on another page, they would be in the way, and be taken for its own.
 */
export function useCloseErrors(): () => void {
  const manager = Toast.useToastManager();
  const latest = useRef(manager);
  useEffect(() => {
    latest.current = manager;
  });
  return useCallback(() => {
    const { toasts, close } = latest.current;
    for (const { id, type } of toasts) if (type === "error") close(id);
  }, []);
}
