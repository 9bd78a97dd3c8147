"use client";

import { useEffect, useRef, useState } from "react";
import { useRouter } from "next/navigation";

interface Leaving {
  /** Somebody is about to leave. */
  readonly isAsked: boolean;
  readonly stay: () => void;
  readonly leave: () => void;
}

/** While `active`, holds what would leave the page: a link, the browser's way back, or its closing. */
export function useLeaving(active: boolean): Leaving {
  const router = useRouter();
  const [go, setGo] = useState<(() => void) | null>(null);
  const isLeaving = useRef(false);
  useEffect(() => {
    if (!active) return;
    const onUnload = (event: BeforeUnloadEvent) => event.preventDefault();
    // Before the link's own handler, which runs at the root of the page.
    const onClick = (event: MouseEvent) => {
      const address = addressLeftFor(event);
      if (address === null) return;
      event.preventDefault();
      event.stopPropagation();
      setGo(() => () => router.push(address));
    };
    const onNavigate = (event: NavigateEvent) => {
      const { navigationType, destination, cancelable } = event;
      if (navigationType !== "traverse" || !cancelable || isLeaving.current) return;
      if (new URL(destination.url).pathname === location.pathname) return;
      event.preventDefault();
      setGo(() => () => window.navigation.traverseTo(destination.key));
    };
    // Browsers without it leave by their way back as they always did.
    const ways = "navigation" in window ? window.navigation : null;
    window.addEventListener("beforeunload", onUnload);
    document.addEventListener("click", onClick, true);
    ways?.addEventListener("navigate", onNavigate);
    return () => {
      window.removeEventListener("beforeunload", onUnload);
      document.removeEventListener("click", onClick, true);
      ways?.removeEventListener("navigate", onNavigate);
    };
  }, [active, router]);
  return {
    isAsked: go !== null,
    stay: () => setGo(null),
    leave: () => {
      isLeaving.current = true;
      setGo(null);
      go?.();
    },
  };
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
