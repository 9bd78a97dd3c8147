import { HttpError } from "../http";

export const saveMethods = ["saveIndividualContactData", "saveStructureContactData"] as const;
export const contactMethods = ["getContactData", "searchContact", ...saveMethods] as const;
export const apiMethods = ["auth", ...contactMethods] as const;

export type ContactMethod = (typeof contactMethods)[number];
export type ApiMethod = (typeof apiMethods)[number];

const service = "contactInformationPublicService";
const versions = ["v2_21", "v2_22"];

/** True for paths of S-360's modules: `/tnco/…` contacts, `/tnai/…` tokens, and others that are not simulated. */
export function isApiPath(path: string): boolean {
  return /^\/tn[a-z]{2,3}\//.test(path);
}

/**
 * The method that a path names: `/tnco/backend-apis/contactInformationPublicService/v<maj>_<min>/<method>` or
 * `/tnai/backend-apis/v1/auth`. Throws HttpError 404 saying which part is unknown.
 */
export function methodOf(path: string): ApiMethod {
  if (path === "/tnai/backend-apis/v1/auth") return "auth";
  const [, named, version, word] = /^\/tnco\/backend-apis\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  if (named !== service) throw new HttpError(404, "No such service.");
  if (version === undefined || !versions.includes(version))
    throw new HttpError(404, `${service} has no such version. Known: ${versions.join(", ")}.`);
  const method = contactMethods.find((each) => each === word);
  if (method === undefined) throw new HttpError(404, `${service} ${version} has no such method.`);
  return method;
}
