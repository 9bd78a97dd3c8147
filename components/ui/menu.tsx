"use client";

import type { ReactElement, ReactNode } from "react";
import { Menu as BaseMenu } from "@base-ui/react/menu";
import Link from "next/link";
import { classes } from "./classes";
import "./menu.css";

interface MenuProps {
  /** The button that opens the menu. */
  trigger: ReactElement;
  children: ReactNode;
  align?: "start" | "end";
}

/** A Lightning menu that opens from a button; arrow keys move inside it. */
export function Menu({ trigger, children, align = "end" }: MenuProps) {
  return (
    <BaseMenu.Root modal={false}>
      <BaseMenu.Trigger render={trigger} />
      <BaseMenu.Portal>
        <BaseMenu.Positioner align={align} sideOffset={6} className="ui-menu__place">
          <BaseMenu.Popup className="slds-dropdown ui-menu">{children}</BaseMenu.Popup>
        </BaseMenu.Positioner>
      </BaseMenu.Portal>
    </BaseMenu.Root>
  );
}

/** Words in a menu that cannot be chosen. */
export function MenuText({ children }: { children: ReactNode }) {
  return <div className="ui-menu__text">{children}</div>;
}

interface MenuButtonProps {
  onClick: () => void;
  /** What it does, in smaller letters under its name. */
  hint?: ReactNode;
  children: ReactNode;
}

export function MenuButton({ onClick, hint, children }: MenuButtonProps) {
  return (
    <BaseMenu.Item className="ui-menu__item" onClick={onClick}>
      {children}
      {hint && <span className="ui-menu__hint">{hint}</span>}
    </BaseMenu.Item>
  );
}

export function MenuLink({
  href,
  current,
  children,
}: {
  href: string;
  current?: boolean;
  children: ReactNode;
}) {
  return (
    <BaseMenu.Item
      className={classes("ui-menu__item", current && "ui-menu__item_current")}
      render={<Link href={href} aria-current={current || undefined} />}
    >
      {children}
    </BaseMenu.Item>
  );
}
