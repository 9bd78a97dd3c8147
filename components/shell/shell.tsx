import { Suspense, type ReactNode } from "react";
import { ConnectionSwitcher, type ConnectionChoice } from "./connection-switcher";
import { Navigation } from "./navigation";
import { ObstacleBanner } from "./obstacle-banner";
import { UserMenu } from "./user-menu";
import "./shell.css";

interface ShellProps {
  email: string;
  connections: readonly ConnectionChoice[];
  children: ReactNode;
}

/** What is around every page: header, navigation, and what keeps the page from the server. */
export function Shell({ email, connections, children }: ShellProps) {
  return (
    <>
      <a href="#content" className="slds-assistive-text slds-assistive-text_focus shell-skip">
        Skip to the content
      </a>
      <header className="shell-header">
        <span className="shell-name">S-360 connector</span>
        <div className="shell-header__right">
          <Suspense>
            <ConnectionSwitcher connections={connections} />
          </Suspense>
          <UserMenu email={email} />
        </div>
      </header>
      <Suspense fallback={<div className="slds-context-bar shell-bar" />}>
        <Navigation />
      </Suspense>
      <main id="content" tabIndex={-1} className="shell-main">
        <ObstacleBanner />
        {children}
      </main>
    </>
  );
}
