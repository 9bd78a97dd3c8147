import { Card } from "../ui/card";
import { EmptyState } from "../ui/empty-state";

/** Shown on every page while there is no connection: how to make one. */
export function NoConnection() {
  return (
    <Card title="No connection yet" icon="connection">
      <EmptyState title="S-360 and Salesforce are not connected yet">
        <p>
          A connection is described in one file. Copy <code>myvenue.example.yaml</code>, fill in your
          institution&apos;s code and both systems, then apply it in the connector&apos;s folder:
        </p>
        <pre className="shell-command">npm run connector -- apply myvenue.yaml</pre>
        <p>
          This page shows the connection within seconds. Applying the file again changes only what changed in
          it.
        </p>
      </EmptyState>
    </Card>
  );
}
