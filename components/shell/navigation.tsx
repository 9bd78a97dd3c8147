"use client";

import Link from "next/link";
import { usePathname, useSearchParams } from "next/navigation";
import { useQuery } from "@tanstack/react-query";
import { reviewCountQuery } from "../reviews/queries";
import { withQuery } from "../ui/api";
import { classes } from "../ui/classes";
import { count, counted } from "../ui/numbers";
import { unseenCountQuery } from "../value-maps/queries";

const places = [
  { label: "Health", path: "/" },
  { label: "Records", path: "/records" },
  { label: "Reviews", path: "/reviews" },
  { label: "Mappings", path: "/mappings" },
  { label: "Value maps", path: "/value-maps" },
  { label: "Rules", path: "/rules" },
  { label: "Import", path: "/import" },
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
                  {path === "/value-maps" && <Unseen connection={connection} />}
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
  return <ToDecide number={data?.open ?? 0} what="review" />;
}

/** How many codes value maps were asked for and do not list; nothing when none. */
function Unseen({ connection }: { connection: string | null }) {
  const { data } = useQuery(unseenCountQuery(connection));
  return <ToDecide number={data?.waiting ?? 0} what="code" />;
}

function ToDecide({ number, what }: { number: number; what: string }) {
  if (number === 0) return null;
  return (
    <span className="shell-count">
      <span aria-hidden>{count(number)}</span>
      <span className="slds-assistive-text">, {counted(number, what)} to decide</span>
    </span>
  );
}
