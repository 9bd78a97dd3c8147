"use client";

import type { ReactNode } from "react";
import { Tabs as BaseTabs } from "@base-ui/react/tabs";
import { classes } from "./classes";
import "./tabs.css";

export interface Tab {
  value: string;
  label: ReactNode;
  content: ReactNode;
}

interface TabsProps {
  /** What the tabs choose between, for screen readers. */
  label: string;
  tabs: readonly Tab[];
  defaultValue?: string;
  /** Given together with `onValueChange`, the caller keeps which tab is open. */
  value?: string;
  onValueChange?: (value: string) => void;
  /** Hidden panels stay in the page and keep what was typed into them. */
  keepMounted?: boolean;
}

/** Lightning tabs; arrow keys move between them. */
export function Tabs({ label, tabs, defaultValue, value, onValueChange, keepMounted }: TabsProps) {
  return (
    <BaseTabs.Root
      className="slds-tabs_default"
      defaultValue={defaultValue ?? tabs[0]?.value}
      value={value}
      onValueChange={(next) => onValueChange?.(String(next))}
    >
      <BaseTabs.List className="slds-tabs_default__nav ui-tabs__list" aria-label={label} activateOnFocus>
        {tabs.map((tab) => (
          <BaseTabs.Tab
            key={tab.value}
            value={tab.value}
            className={({ active }) =>
              classes(
                "slds-tabs_default__item",
                "slds-tabs_default__link",
                "ui-tabs__tab",
                active && "slds-is-active",
              )
            }
          >
            {tab.label}
          </BaseTabs.Tab>
        ))}
      </BaseTabs.List>
      {tabs.map((tab) => (
        <BaseTabs.Panel
          key={tab.value}
          value={tab.value}
          keepMounted={keepMounted}
          className="slds-tabs_default__content slds-show"
        >
          {tab.content}
        </BaseTabs.Panel>
      ))}
    </BaseTabs.Root>
  );
}
