import type { OAuthError } from "./errors";
import { signInShell } from "./page-shell";
import { html } from "../page/html";

/** For requests whose sender cannot be trusted with an answer: the person is told, the app is not. */
export function oauthErrorPage(error: OAuthError): string {
  const content = html`<section class="card">
    <h1>OAuth Error</h1>
    <p>
      We can't authorize you because of an OAuth error. For more information, contact your Salesforce
      administrator.
    </p>
    <p>
      <code>error=${error.error}&error_description=${encodeURIComponent(error.description)}</code>
    </p>
  </section>`;
  return signInShell("OAuth Error", content);
}

/** For a form that was answered already, is too old, or comes from another browser. */
export function expiredPage(): string {
  const content = html`<section class="card">
    <h1>This page has expired</h1>
    <p>It was answered already, is older than 15 minutes, or this browser refuses cookies.</p>
    <p>Go back to the app and connect again.</p>
  </section>`;
  return signInShell("This page has expired", content);
}
