/** The page of a Salesforce record in Lightning (salesforce.md: My Domain serves both sign-in and pages). */
export function recordUrl(loginUrl: string, object: string, salesforceId: string): string {
  const path = `lightning/r/${encodeURIComponent(object)}/${encodeURIComponent(salesforceId)}/view`;
  return new URL(path, loginUrl.endsWith("/") ? loginUrl : `${loginUrl}/`).href;
}
