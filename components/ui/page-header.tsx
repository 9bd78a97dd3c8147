import type { ReactNode } from "react";
import Link from "next/link";
import { ObjectIcon, type ObjectIconName } from "./object-icon";
import "./page-header.css";

export interface Crumb {
  label: string;
  href: string;
}

interface PageHeaderProps {
  title: ReactNode;
  /** What kind of thing the title names, above it. */
  eyebrow?: ReactNode;
  icon?: ObjectIconName;
  crumbs?: readonly Crumb[];
  /** Words under the title. */
  details?: ReactNode;
  actions?: ReactNode;
  /** A second row, such as filters or facts. */
  children?: ReactNode;
}

/** A Lightning page header with the page's only `h1`. */
export function PageHeader({ title, eyebrow, icon, crumbs, details, actions, children }: PageHeaderProps) {
  return (
    <div className="slds-page-header ui-page-header">
      {crumbs && <Crumbs crumbs={crumbs} />}
      <div className="ui-page-header__row">
        <div className="slds-media slds-media_center ui-page-header__title">
          {icon && (
            <div className="slds-media__figure">
              <ObjectIcon name={icon} />
            </div>
          )}
          <div className="slds-media__body">
            <h1>
              {eyebrow && (
                <span className="slds-page-header__name-meta ui-page-header__eyebrow">{eyebrow}</span>
              )}
              <span className="slds-page-header__title ui-page-header__text">{title}</span>
            </h1>
            {details && <div className="slds-page-header__name-meta">{details}</div>}
          </div>
        </div>
        {actions && <div className="ui-page-header__actions">{actions}</div>}
      </div>
      {children && <div className="slds-m-top_small">{children}</div>}
    </div>
  );
}

function Crumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  return (
    <nav aria-label="Breadcrumbs" className="slds-m-bottom_x-small">
      <ol className="slds-breadcrumb slds-list_horizontal slds-wrap">
        {crumbs.map(({ label, href }) => (
          <li key={href} className="slds-breadcrumb__item">
            <Link href={href}>{label}</Link>
          </li>
        ))}
      </ol>
    </nav>
  );
}
