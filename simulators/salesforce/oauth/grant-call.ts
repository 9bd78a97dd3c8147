import type { Org } from "../org/org";

/** A request to the token endpoint, as each grant type reads it. */
export interface GrantCall {
  org: Org;
  form: URLSearchParams;
  authorization: string | undefined;
  origin: string;
}
