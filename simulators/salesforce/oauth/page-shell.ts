import { html, SafeHtml } from "../page/html";
import { STYLES } from "../page/styles";

const SIGN_IN_STYLES = `
body{background:#f4f6f9;font-size:14px}
.signin{max-width:420px;margin:0 auto;padding:2.5rem 1rem}
.signin .brand{text-align:center;margin:0 0 1.25rem}
.signin .card{padding:1.5rem;margin:0}
.signin h1{font-size:20px;font-weight:400;margin:0 0 .75rem}
.signin label{display:block;color:#444;margin:0 0 .25rem}
.signin input{display:block;width:100%;min-height:44px;border:1px solid #747474;border-radius:4px;padding:.5rem .75rem;font:inherit;font-size:16px;background:#fff;color:inherit;margin:0 0 1rem}
.signin button{min-height:44px;border-radius:4px;border:1px solid #0176d3;padding:.25rem 1.25rem;font:inherit;font-size:16px;cursor:pointer;background:#fff;color:#0b5cab}
.signin button.brand-button{background:#0176d3;color:#fff}
.signin button.brand-button:hover{background:#014486}
.signin .wide{width:100%}
.signin .answers{display:grid;grid-template-columns:1fr 1fr;gap:.75rem;margin:1.25rem 0 0}
.signin .error{color:#ba0517;margin:0 0 1rem}
.signin ul{margin:.5rem 0 1rem;padding-left:1.25rem}
.signin li{margin:.25rem 0}
.signin p{margin:0 0 .75rem;overflow-wrap:anywhere}
.signin code{overflow-wrap:anywhere}
.signin .note{color:#5c5c5c;text-align:center;margin:1.25rem 0 0;font-size:12px}
`;

/** A page of its own around sign-in, consent and their errors, in Salesforce's look. */
export function signInShell(title: string, content: SafeHtml): string {
  return html`<!doctype html>
    <html lang="en">
      <head>
        <meta charset="utf-8" />
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <title>${title} | Simulated Salesforce</title>
        <link rel="icon" href="data:," />
        <style>
          ${new SafeHtml(STYLES + SIGN_IN_STYLES)}
        </style>
      </head>
      <body>
        <main class="signin">
          <p class="brand">${CLOUD}</p>
          ${content}
          <p class="note">This is a simulated Salesforce org.</p>
        </main>
      </body>
    </html>`.text;
}

const CLOUD = html`<svg width="90" height="66" viewBox="-2 -1 45 33" aria-hidden="true">
  <path
    fill="#0d9dda"
    d="M16 4a8 8 0 0 1 13 1 9 9 0 1 1 3 18 7 7 0 0 1-10 3 8 8 0 0 1-13-1A7 7 0 1 1 4 11a8 8 0 0 1 12-7z"
  />
</svg>`;
