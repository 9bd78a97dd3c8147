import { switchUser } from "./acting-user";
import {
  ACTING_USER_PATH,
  HOME_PATH,
  LOOKUP_PATH,
  RECYCLE_BIN_PATH,
  SCRIPT_PATH,
  SEARCH_PATH,
} from "./addresses";
import { confirmDelete, deleteRecord } from "./delete-page";
import { editPage, saveEdited } from "./edit-page";
import { homePage, searchPage } from "./home-page";
import { listPage } from "./list-page";
import { lookupSuggestions } from "./lookup-suggestions";
import { mergePage, mergeRecords } from "./merge-page";
import { missingPage, strangeFormPage } from "./message-page";
import { newPage, saveNew } from "./new-page";
import { iconAt } from "./object-icon";
import type { PageCall, PageReply } from "./page-call";
import { isOwnForm, sessionCookie, type PageSessions } from "./page-sessions";
import { SCRIPT } from "./script";
import { recordPage } from "./record-page";
import { recycleBinPage, restore } from "./recycle-bin-page";
import type { Org } from "../org/org";
import { inTransaction } from "../org/transaction";

export interface PageRequest {
  method: string;
  path: string;
  query: URLSearchParams;
  headers: Readonly<Record<string, string | undefined>>;
  bodyText: string;
}

type PageHandler = (call: PageCall, ...parts: string[]) => PageReply;

interface PageRoute {
  method: "GET" | "POST";
  pattern: RegExp;
  handle: PageHandler;
}

const LIST = /^\/lightning\/o\/(\w+)\/(?:list|home)$/;
const NEW = /^\/lightning\/o\/(\w+)\/new$/;
const MERGE = /^\/lightning\/o\/(\w+)\/merge$/;
const EDIT = /^\/lightning\/r\/(\w+)\/(\w+)\/edit$/;
const DELETE = /^\/lightning\/r\/(\w+)\/(\w+)\/delete$/;
const ID = "[A-Za-z0-9]{15}(?:[A-Za-z0-9]{3})?";

/**
 * The pages for people, at Lightning's own addresses, and those that describe names (`/{ID}`, `/{ID}/e`, `/001/e`).
 * The last one is for whatever else somebody opens below `/lightning/`.
 */
const ROUTES: readonly PageRoute[] = [
  { method: "GET", pattern: exactly("/", HOME_PATH), handle: homePage },
  { method: "GET", pattern: exactly(SEARCH_PATH), handle: searchPage },
  { method: "GET", pattern: exactly(LOOKUP_PATH), handle: lookupSuggestions },
  { method: "GET", pattern: exactly(SCRIPT_PATH), handle: script },
  { method: "GET", pattern: /^(\/img\/icon\/.+)$/, handle: icon },
  { method: "GET", pattern: exactly(RECYCLE_BIN_PATH), handle: recycleBinPage },
  { method: "POST", pattern: exactly(RECYCLE_BIN_PATH), handle: restore },
  { method: "POST", pattern: exactly(ACTING_USER_PATH), handle: switchUser },
  { method: "GET", pattern: LIST, handle: listPage },
  { method: "GET", pattern: NEW, handle: newPage },
  { method: "POST", pattern: NEW, handle: saveNew },
  { method: "GET", pattern: MERGE, handle: mergePage },
  { method: "POST", pattern: MERGE, handle: mergeRecords },
  { method: "GET", pattern: /^\/lightning\/r\/(\w+)\/(\w+)\/view$/, handle: recordPage },
  { method: "GET", pattern: /^\/lightning\/r\/(\w+)\/view$/, handle: recordOfId },
  { method: "GET", pattern: EDIT, handle: editPage },
  { method: "POST", pattern: EDIT, handle: saveEdited },
  { method: "GET", pattern: DELETE, handle: confirmDelete },
  { method: "POST", pattern: DELETE, handle: deleteRecord },
  { method: "GET", pattern: new RegExp(`^/(${ID})$`), handle: recordOfId },
  { method: "GET", pattern: new RegExp(`^/(${ID})/e$`), handle: editOfId },
  { method: "GET", pattern: /^\/([A-Za-z0-9]{3})\/e$/, handle: newOfPrefix },
  { method: "GET", pattern: /^\/lightning\//, handle: (call) => missingPage(call) },
];

/** The page at an address; undefined for an address that is none of the pages'. */
export function answerPage(org: Org, sessions: PageSessions, request: PageRequest): PageReply | undefined {
  const method = request.method === "HEAD" ? "GET" : request.method;
  const route = ROUTES.find((each) => each.method === method && each.pattern.test(request.path));
  if (!route) return undefined;
  const { session, isNew } = sessions.of(request.headers.cookie);
  const form = new URLSearchParams(method === "POST" ? request.bodyText : "");
  const userId = session.userId ?? org.setup.adminUserId;
  const { path, query } = request;
  const call: PageCall = { org, schema: org.schemaFor(userId), userId, session, path, query, form };
  const parts = route.pattern.exec(path)?.slice(1) ?? [];
  const isStrange = method === "POST" && !isOwnForm(session, form.get("_token"));
  const reply = isStrange ? strangeFormPage(call) : inTransaction(org, () => route.handle(call, ...parts));
  const headers: Record<string, string | string[]> = { ...PAGE_HEADERS, ...reply.headers };
  if (isNew) headers["Set-Cookie"] = sessionCookie(session);
  return { ...reply, headers };
}

const PAGE_HEADERS = {
  "Content-Security-Policy":
    "default-src 'none'; script-src 'self'; connect-src 'self'; style-src 'unsafe-inline'; img-src 'self' data:; form-action 'self'; base-uri 'none'",
  "X-Content-Type-Options": "nosniff",
};

function exactly(...paths: string[]): RegExp {
  return new RegExp(`^(?:${paths.join("|")})$`);
}

function recordOfId(call: PageCall, id = ""): PageReply {
  return recordPage(call, undefined, id);
}

function editOfId(call: PageCall, id = ""): PageReply {
  return editPage(call, undefined, id);
}

function newOfPrefix(call: PageCall, keyPrefix = ""): PageReply {
  const object = call.schema.ofId(keyPrefix);
  return object ? newPage(call, object.name) : missingPage(call);
}

function script(): PageReply {
  return { status: 200, text: SCRIPT, contentType: "text/javascript; charset=utf-8" };
}

function icon({ schema }: PageCall, path = ""): PageReply {
  const text = iconAt(schema, path);
  return text === undefined
    ? { status: 404, text: "", contentType: "image/svg+xml" }
    : { status: 200, text, contentType: "image/svg+xml" };
}
