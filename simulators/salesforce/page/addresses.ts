/** Addresses of the pages, as Lightning has them. */

export const HOME_PATH = "/lightning/page/home";
export const SEARCH_PATH = "/lightning/search";
export const RECYCLE_BIN_PATH = "/lightning/o/DeleteEvent/home";
export const ACTING_USER_PATH = "/lightning/acting-user";
export const LOOKUP_PATH = "/lightning/lookup";
export const SCRIPT_PATH = "/lightning/page.js";

export function listPath(objectName: string): string {
  return `/lightning/o/${objectName}/list`;
}

/** The form for a new record; `defaults` fills fields in beforehand, as Lightning's `defaultFieldValues`. */
export function newPath(objectName: string, parameters: Readonly<Record<string, string>> = {}): string {
  return withQuery(`/lightning/o/${objectName}/new`, parameters);
}

export function mergePath(objectName: string): string {
  return `/lightning/o/${objectName}/merge`;
}

export function recordPath(objectName: string, id: string): string {
  return `/lightning/r/${objectName}/${id}/view`;
}

export function editPath(objectName: string, id: string): string {
  return `/lightning/r/${objectName}/${id}/edit`;
}

export function deletePath(objectName: string, id: string): string {
  return `/lightning/r/${objectName}/${id}/delete`;
}

export function withQuery(path: string, parameters: Readonly<Record<string, string>>): string {
  const query = new URLSearchParams(parameters).toString();
  return query === "" ? path : `${path}?${query}`;
}
