"use client";

import { useEffect, useRef, type ReactNode, type RefObject } from "react";
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
  const bar = useRef<HTMLDivElement>(null);
  useScrollPadding(bar);
  return (
    <div ref={bar} className="edit-bar" role="region" aria-label={label}>
      <div className="edit-bar__state" role="status">
        {state}
      </div>
      <div className="edit-bar__actions">{children}</div>
    </div>
  );
}

const room = 12;

/** What gets the focus is scrolled to below the bar, however high it is. */
function useScrollPadding(bar: RefObject<HTMLDivElement | null>): void {
  useEffect(() => {
    const element = bar.current;
    if (!element) return;
    const { style } = document.documentElement;
    const observer = new ResizeObserver(() => {
      style.scrollPaddingBlockStart = `${element.offsetHeight + room}px`;
    });
    observer.observe(element);
    return () => {
      observer.disconnect();
      style.scrollPaddingBlockStart = "";
    };
  }, [bar]);
}
