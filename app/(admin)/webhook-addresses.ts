import type { WebhookAddress } from "@/components/health/webhook-addresses";
import type { Connection } from "@/lib/connections/load";
import type { WebhookAuth } from "@/lib/core/connection-settings";

/** What to enter into S-360 for a connection; never the secrets. */
export function webhookAddresses({ institution, settings }: Connection, publicUrl: string): WebhookAddress[] {
  return (["contacts", "orders"] as const).map((name) => ({
    name,
    url: `${publicUrl}/s360/${name}/${encodeURIComponent(institution)}`,
    authentication: inWords(settings.webhooks[name]),
  }));
}

function inWords(auth: WebhookAuth): string {
  switch (auth.kind) {
    case "none":
      return "No authentication";
    case "basic":
      return `Basic authentication, user ${auth.username}`;
    case "api-key":
      return `API key in the header ${auth.header}`;
  }
}
