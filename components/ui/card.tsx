import { useId, type ReactNode } from "react";
import { classes } from "./classes";
import { ObjectIcon, type ObjectIconName } from "./object-icon";
import "./card.css";

interface CardProps {
  title: ReactNode;
  /** Small words after the title, such as a state or a count. */
  aside?: ReactNode;
  icon?: ObjectIconName;
  actions?: ReactNode;
  footer?: ReactNode;
  /** The body touches the card's edges, as tables do. */
  flush?: boolean;
  className?: string;
  children: ReactNode;
}

/** A Lightning card: a titled region of a page. */
export function Card({ title, aside, icon, actions, footer, flush, className, children }: CardProps) {
  const titleId = useId();
  return (
    <section className={classes("slds-card", "ui-card", className)} aria-labelledby={titleId}>
      <div className="slds-card__header slds-grid">
        <header className="slds-media slds-media_center slds-has-flexi-truncate">
          {icon && (
            <div className="slds-media__figure">
              <ObjectIcon name={icon} size="small" />
            </div>
          )}
          <div className="slds-media__body ui-card__heading">
            <h2 className="slds-card__header-title" id={titleId}>
              {title}
            </h2>
            {aside}
          </div>
          {actions && <div className="slds-no-flex ui-card__actions">{actions}</div>}
        </header>
      </div>
      <div className={classes("slds-card__body", !flush && "slds-card__body_inner")}>{children}</div>
      {footer && <footer className="slds-card__footer">{footer}</footer>}
    </section>
  );
}
