/** Whether the connector can work, as `/api/health` says; needs no sign-in. */
export interface Health {
  readonly ready: boolean;
  readonly reason: string;
}

export async function asksHealth(): Promise<Health> {
  try {
    const response = await fetch("/api/health", { cache: "no-store" });
    const body: unknown = await response.json();
    const reason = typeof body === "object" && body !== null && "reason" in body ? String(body.reason) : "";
    return { ready: response.ok, reason };
  } catch {
    return { ready: false, reason: "The connector does not answer." };
  }
}
