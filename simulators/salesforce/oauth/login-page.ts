import { signInShell } from "./page-shell";
import { html, SafeHtml } from "../page/html";

const AUTOFOCUS = new SafeHtml("autofocus");

/** The login page. Names of its inputs and ids are those of Salesforce's own, so that the same scripts drive both. */
export function loginPage({
  transaction,
  username,
  error,
}: {
  transaction: string;
  username: string;
  error?: string;
}): string {
  const content = html`<section class="card">
    <h1>Log In</h1>
    <form method="post" action="/services/oauth2/authorize">
      <input type="hidden" name="transaction" value="${transaction}" />
      ${error === undefined ? "" : html`<div class="error" id="error" role="alert">${error}</div>`}
      <label for="username">Username</label>
      <input
        id="username"
        name="username"
        type="text"
        value="${username}"
        autocomplete="username"
        autocapitalize="none"
        spellcheck="false"
        ${username === "" ? AUTOFOCUS : ""}
      />
      <label for="password">Password</label>
      <input
        id="password"
        name="password"
        type="password"
        autocomplete="current-password"
        ${error === undefined ? "" : new SafeHtml('aria-describedby="error"')}
        ${username === "" ? "" : AUTOFOCUS}
      />
      <button class="brand-button wide" id="Login" name="Login" type="submit">Log In</button>
    </form>
  </section>`;
  return signInShell("Login", content);
}
