"use client";

import { useEffect, useState } from "react";
import { useRouter } from "next/navigation";
import { ConfirmDialog } from "../ui/confirm-dialog";

/** While there are unsaved changes, asks before a link or the browser leaves the page. */
export function LeaveGuard({ active }: { active: boolean }) {
  const router = useRouter();
  const [destination, setDestination] = useState<string | null>(null);
  useEffect(() => {
    if (!active) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before the link's own handler, which runs at the root of the page.
    const onClick = (event: MouseEvent) => {
      const address = addressLeftFor(event);
      if (address === null) return;
      event.preventDefault();
      event.stopPropagation();
      setDestination(address);
    };
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
    };
  }, [active]);
  return (
    <ConfirmDialog
      open={destination !== null}
      onOpenChange={() => setDestination(null)}
      title="Leave without saving?"
      confirmLabel="Leave"
      variant="destructive"
      onConfirm={() => {
        setDestination(null);
        if (destination !== null) router.push(destination);
      }}
    >
      Your changes are not saved. If you leave now, they are lost.
    </ConfirmDialog>
  );
}

/** Where a click would take this page, or null when it stays or opens elsewhere. */
function addressLeftFor(event: MouseEvent): string | null {
  const modified = event.metaKey || event.ctrlKey || event.shiftKey || event.altKey;
  if (event.defaultPrevented || event.button !== 0 || modified || !(event.target instanceof Element))
    return null;
  const link = event.target.closest<HTMLAnchorElement>("a[href]");
  if (!link || link.target === "_blank" || link.hasAttribute("download")) return null;
  const url = new URL(link.href);
  if (url.origin !== location.origin) return null;
  const here = `${location.pathname}${location.search}`;
  const there = `${url.pathname}${url.search}`;
  return here === there ? null : `${there}${url.hash}`;
}
