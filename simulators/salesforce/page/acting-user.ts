import { ACTING_USER_PATH } from "./addresses";
import { html, type SafeHtml } from "./html";
import { nameOf, redirectWithToast, type PageCall, type PageReply } from "./page-call";
import type { Row } from "../model/types";
import type { Org } from "../org/org";

/** Who acts on the pages, with the choice of another active user. */
export function actingUserMenu(call: PageCall): SafeHtml {
  const users = activeUsers(call.org);
  const acting = users.find((user) => user.Id === call.userId);
  return html`<details class="who">
    <summary>
      <span class="avatar" aria-hidden="true">${initials(userName(call.org, acting))}</span>
      <span class="name">${userName(call.org, acting)}</span>
    </summary>
    <form method="post" action="${ACTING_USER_PATH}" class="menu">
      ${tokenField(call)}
      <input type="hidden" name="return" value="${call.path}" />
      <label for="acting-user">Act as</label>
      <select id="acting-user" name="user">
        ${users.map(
          (user) =>
            html`<option value="${user.Id}" ${user.Id === call.userId ? html`selected` : ""}>
              ${userName(call.org, user)}
            </option>`,
        )}
      </select>
      <button class="button brand">Switch user</button>
      <p>Pages save as this user, under the permissions of this user.</p>
    </form>
  </details>`;
}

/** The hidden field that every form of a page carries. */
export function tokenField({ session }: PageCall): SafeHtml {
  return html`<input type="hidden" name="_token" value="${session.token}" />`;
}

/** Lets the pages act as another user from now on. */
export function switchUser(call: PageCall): PageReply {
  const user = activeUsers(call.org).find(({ Id }) => Id === call.form.get("user"));
  const back = call.form.get("return") ?? "/";
  const path = /^\/(?!\/)[\w/.-]*$/.test(back) ? back : "/";
  if (!user) {
    return redirectWithToast(call, path, { kind: "error", message: html`This user is not active.` });
  }
  call.session.userId = String(user.Id);
  const message = html`The pages act as ${userName(call.org, user)} now.`;
  return redirectWithToast(call, path, { kind: "success", message });
}

function activeUsers(org: Org): Row[] {
  return [...org.store.table(org.schema.standard("User")).all()].filter((user) => user.IsActive === true);
}

function userName(org: Org, user: Row | undefined): string {
  return user ? nameOf(org.schema.standard("User"), user) : "Nobody";
}

function initials(name: string): string {
  return name
    .split(/\s+/)
    .slice(0, 2)
    .map((word) => word.charAt(0).toUpperCase())
    .join("");
}
