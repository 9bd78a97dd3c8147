"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { withQuery } from "../ui/api";
import { classes } from "../ui/classes";

const places = [
  { label: "Health", path: "/" },
  { label: "Records", path: "/records" },
  { label: "Mappings", path: "/mappings" },
];

/** Lightning's context bar: the three places of the app, of the same connection. */
export function Navigation() {
  const pathname = usePathname();
  const connection = useSearchParams().get("connection");
  return (
    <div className="slds-context-bar shell-bar">
      <nav className="slds-context-bar__secondary shell-bar__nav" aria-label="Main">
        <ul className="slds-grid">
          {places.map(({ label, path }) => {
            const isHere = path === "/" ? pathname === "/" : `${pathname}/`.startsWith(`${path}/`);
            return (
              <li key={path} className={classes("slds-context-bar__item", isHere && "slds-is-active")}>
                <Link
                  href={withQuery(path, { connection })}
                  className="slds-context-bar__label-action"
                  aria-current={isHere ? "page" : undefined}
                >
                  <span className="slds-truncate">{label}</span>
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
    </div>
  );
}
