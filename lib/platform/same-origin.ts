/**
 * Whether a browser sent this request from a page of another site. Browsers say so themselves (`Sec-Fetch-Site`, over
 * https and on this machine) or name the page's origin; programs that are not browsers send neither, and carry no
 * cookie of a person by accident.
 */
export function comesFromElsewhere(request: Request, origins: readonly string[]): boolean {
  const site = request.headers.get("sec-fetch-site");
  if (site !== null) return site !== "same-origin" && site !== "none";
  const origin = request.headers.get("origin");
  if (origin === null) return false;
  if (origins.includes(origin)) return false;
  const host = request.headers.get("host");
  return host === null || !URL.canParse(origin) || new URL(origin).host !== host;
}
