/** The way out of the house, where calls do not go straight: what an adapter is told of a proxy. */
export interface Outbound {
  /** As the global one. */
  readonly fetch: typeof fetch;
  /** What kept a call from being sent, of what `fetch` threw; null where the proxy had no part in it. */
  readonly trouble: (error: unknown) => OutboundTrouble | null;
}

export interface OutboundTrouble {
  /** `PROXY_AWAY` */
  readonly code: string;
  /** What happened and what to do, for people. */
  readonly sentence: string;
}
