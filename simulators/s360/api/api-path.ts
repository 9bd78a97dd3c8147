import { HttpError } from "../http";

export const saveMethods = ["saveIndividualContactData", "saveStructureContactData"] as const;
const contactMethods = ["getContactData", "searchContact", ...saveMethods] as const;
const orderMethods = ["getOrderDetails"] as const;
export const apiMethods = ["auth", ...contactMethods, ...orderMethods] as const;

export type OrderMethod = (typeof orderMethods)[number];
export type ServiceMethod = (typeof contactMethods)[number] | OrderMethod;
export type ApiMethod = (typeof apiMethods)[number];

/** By module and name: the latest version, which is frozen, and the active one. */
const services = {
  "tnco/contactInformationPublicService": { versions: ["v2_21", "v2_22"], methods: contactMethods },
  "tnseb/externalOrderService": { versions: ["v1_33", "v1_34"], methods: orderMethods },
} as const;

/** True for paths of S-360's modules: `/tnco/…` contacts, `/tnai/…` tokens, and others that are not simulated. */
export function isApiPath(path: string): boolean {
  return /^\/tn[a-z]{2,3}\//.test(path);
}

/**
 * The method that a path names: `/<module>/backend-apis/<service>/v<maj>_<min>/<method>` or `/tnai/backend-apis/v1/auth`.
 * Throws HttpError 404 saying which part is unknown.
 */
export function methodOf(path: string): ApiMethod {
  if (path === "/tnai/backend-apis/v1/auth") return "auth";
  const [, module, service, version, word] =
    /^\/(tn[a-z]+)\/backend-apis\/([^/]+)\/([^/]+)\/([^/]+)$/.exec(path) ?? [];
  const found = Object.entries(services).find(([name]) => name === `${module}/${service}`);
  if (found === undefined) throw new HttpError(404, "No such service.");
  const [, { versions, methods }] = found;
  if (!versions.some((each) => each === version))
    throw new HttpError(404, `${service} has no such version. Known: ${versions.join(", ")}.`);
  const method = methods.find((each) => each === word);
  if (method === undefined) throw new HttpError(404, `${service} ${version} has no such method.`);
  return method;
}
