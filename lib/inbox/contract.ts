/** A webhook call that was not answered with 200, as the pages show it; tries of one payload together. */
export interface RefusedCall {
  readonly institution: string;
  readonly stream: string;
  readonly status: number;
  readonly reason: string;
  /** How often this payload was refused; payloads that were not read count together. */
  readonly tries: number;
  readonly firstAt: string;
  readonly lastAt: string;
  /** When S-360 makes its last try: after that it drops the payload. */
  readonly givesUpAt: string;
}
