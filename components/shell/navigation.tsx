"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useQuery } from "@tanstack/react-query";
import { reviewCountQuery } from "../reviews/queries";
import { withQuery } from "../ui/api";
import { classes } from "../ui/classes";
import { count, counted } from "../ui/numbers";

const places = [
  { label: "Health", path: "/" },
  { label: "Records", path: "/records" },
  { label: "Reviews", path: "/reviews" },
  { label: "Mappings", path: "/mappings" },
  { label: "Rules", path: "/rules" },
];

/** Lightning's context bar: the places of the app, of the same connection. */
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
                  {path === "/reviews" && <Waiting connection={connection} />}
                </Link>
              </li>
            );
          })}
        </ul>
      </nav>
    </div>
  );
}

/** How many reviews wait for a person; nothing when none does. */
function Waiting({ connection }: { connection: string | null }) {
  const { data } = useQuery(reviewCountQuery(connection));
  if (!data || data.open === 0) return null;
  return (
    <span className="shell-count">
      <span aria-hidden>{count(data.open)}</span>
      <span className="slds-assistive-text">, {counted(data.open, "review")} to decide</span>
    </span>
  );
}
