"use client";

import { usePathname, useSearchParams } from "next/navigation";
import { withQuery } from "../ui/api";
import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import { Menu, MenuLink } from "../ui/menu";

export interface ConnectionChoice {
  readonly institution: string;
  readonly name: string;
}

/** Which connection is shown; a menu when there are several. */
export function ConnectionSwitcher({ connections }: { connections: readonly ConnectionChoice[] }) {
  const pathname = usePathname();
  const wanted = useSearchParams().get("connection");
  const current = connections.find(({ institution }) => institution === wanted) ?? connections[0];
  if (!current) return null;
  if (connections.length === 1) return <span className="shell-connection">{current.name}</span>;
  const section = `/${pathname.split("/")[1] ?? ""}`;
  return (
    <Menu
      trigger={
        <Button variant="base" className="shell-switcher" aria-label={`Connection: ${current.name}`}>
          <span className="shell-connection">{current.name}</span>
          <Icon name="down" size="xx-small" className="slds-button__icon_right" />
        </Button>
      }
    >
      {connections.map(({ institution, name }) => (
        <MenuLink
          key={institution}
          href={withQuery(section, { connection: institution })}
          current={institution === current.institution}
        >
          {name} <span className="slds-text-color_weak">{institution}</span>
        </MenuLink>
      ))}
    </Menu>
  );
}
