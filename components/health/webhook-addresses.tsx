import { Alert } from "../ui/alert";
import { Card } from "../ui/card";
import { CopyButton } from "../ui/copy-button";

export interface WebhookAddress {
  readonly name: "contacts" | "orders";
  readonly url: string;
  /** How S-360 must authenticate, in words. */
  readonly authentication: string;
}

const titles = { contacts: "Contacts", orders: "Orders" };

/** What to enter into S-360, ready to copy. */
export function WebhookAddresses({ webhooks }: { webhooks: readonly WebhookAddress[] }) {
  const isLocal = webhooks.some(({ url }) => isThisMachine(url));
  return (
    <Card icon="connection" title="Webhook addresses for S-360">
      {webhooks.map(({ name, url, authentication }) => (
        <div key={name} className="health-webhook">
          <div className="health-webhook__head">
            <h3 className="slds-text-title">{titles[name]}</h3>
            <CopyButton text={url} label={`Copy the address for ${name}`} />
          </div>
          <code className="health-webhook__url">{url}</code>
          <div className="slds-text-color_weak">{authentication}</div>
        </div>
      ))}
      {isLocal && (
        <Alert tone="info" className="slds-m-top_small slds-m-bottom_none">
          These addresses work on this machine only. Set PUBLIC_URL to the address under which S-360 reaches
          the connector, then start it again.
        </Alert>
      )}
    </Card>
  );
}

function isThisMachine(url: string): boolean {
  return /^(localhost|127\.|\[::1\])/.test(new URL(url).hostname);
}
