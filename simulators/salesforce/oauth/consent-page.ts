import type { AuthorizeRequest } from "./authorize-request";
import { signInShell } from "./page-shell";
import { scopeSentences } from "./scopes";
import { userRow } from "./users";
import type { Org } from "../org/org";
import { html } from "../page/html";

/** "Allow Access?": what the app wants, and of whom. The buttons have the ids of Salesforce's own page. */
export function consentPage(
  org: Org,
  {
    transaction,
    asked,
    userId,
    again,
  }: {
    transaction: string;
    asked: AuthorizeRequest;
    userId: string;
    /** Where somebody else may sign in. */
    again: string | undefined;
  },
): string {
  const app = org.clients.get(asked.clientId)?.name ?? asked.clientId;
  const content = html`<section class="card">
    <h1>Allow Access?</h1>
    <p><strong>${app}</strong> is asking to:</p>
    <ul>
      ${scopeSentences(asked.scopes).map((sentence) => html`<li>${sentence}</li>`)}
    </ul>
    <p>
      Do you want to allow access for ${userRow(org, userId)?.Username ?? ""}?
      ${again === undefined ? "" : html`<a href="${again}">Not you?</a>`}
    </p>
    <form method="post" action="/services/oauth2/authorize">
      <input type="hidden" name="transaction" value="${transaction}" />
      <div class="answers">
        <button id="oadeny" name="decision" value="deny" type="submit">Deny</button>
        <button class="brand-button" id="oaapprove" name="decision" value="allow" type="submit">Allow</button>
      </div>
    </form>
  </section>`;
  return signInShell("Allow Access?", content);
}
