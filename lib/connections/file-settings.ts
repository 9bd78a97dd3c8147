/** Between the words of the file and the settings as they are stored. Pure, both ways. */
import type { ConnectionSettings, WebhookAuth } from "@/lib/core/connection-settings";
import type { CredentialName } from "./credentials";
import { isReference, type NamedReference } from "./env-references";
import type { ConnectionFile, ConnectionFileInput } from "./file-schema";

type FileWebhook = ConnectionFile["webhooks"]["contacts"];

/** Everything in the file that is named by an environment variable. */
export function referencesOf(file: ConnectionFile): NamedReference[] {
  const { s360, salesforce, webhooks } = file;
  const jwt = salesforce.flow === "jwt" ? salesforce : null;
  const named: [string, CredentialName, string | undefined][] = [
    webhookReference("contacts", webhooks.contacts),
    webhookReference("orders", webhooks.orders),
    ["s360.operator", "s360.operator", s360.operator],
    ["s360.partner", "s360.partner", s360.partner],
    ["s360.secret", "s360.secret", s360.secret],
    ["salesforce.clientId", "salesforce.clientId", salesforce.clientId],
    ["salesforce.username", "salesforce.username", jwt?.username],
    ["salesforce.privateKey", "salesforce.privateKey", jwt?.privateKey],
    [
      "salesforce.clientSecret",
      "salesforce.clientSecret",
      salesforce.flow === "client-credentials" ? salesforce.clientSecret : undefined,
    ],
  ];
  return named.flatMap(([path, name, reference]) =>
    isReference(reference) ? [{ path, name, reference }] : [],
  );
}

function webhookReference(
  webhook: "contacts" | "orders",
  given: FileWebhook,
): [string, CredentialName, string | undefined] {
  const name = `webhooks.${webhook}.secret` as const;
  if (given.authentication === "basic") return [`webhooks.${webhook}.password`, name, given.password];
  return [`webhooks.${webhook}.key`, name, given.authentication === "api-key" ? given.key : undefined];
}

/** The settings a file stands for; `values` holds what its references resolved to. */
export function settingsOf(
  file: ConnectionFile,
  values: ReadonlyMap<CredentialName, string>,
): ConnectionSettings {
  const { s360, salesforce, account } = file;
  const plain = (name: CredentialName, text: string) =>
    isReference(text) ? (values.get(name) ?? text) : text;
  const { operator, partner, secret: _, ...s360Plain } = s360;
  return {
    s360: {
      ...s360Plain,
      ...(operator && { operator: plain("s360.operator", operator) }),
      ...(partner && { partner: plain("s360.partner", partner) }),
    },
    webhooks: { contacts: webhookAuth(file.webhooks.contacts), orders: webhookAuth(file.webhooks.orders) },
    salesforce: {
      loginUrl: salesforce.loginUrl,
      flow: salesforce.flow,
      clientId: plain("salesforce.clientId", salesforce.clientId),
      ...(salesforce.flow === "jwt" && { username: plain("salesforce.username", salesforce.username) }),
      apiVersion: salesforce.apiVersion,
      callsPerMinute: salesforce.callsPerMinute,
      dailyCalls: salesforce.dailyCalls,
      duplicateAlerts: salesforce.duplicateAlerts,
      bulkFrom: salesforce.bulkFrom,
    },
    individualsAs: file.individualsAs,
    recordTypes: file.recordTypes,
    account:
      typeof account === "string" ? { kind: account } : { kind: "bucket", accountSyncIds: account.bucket },
    saleObject: file.saleObject,
    conflictOwner: file.conflictOwner,
    contactsOut: file.contactsOut,
    rules: file.rules,
    waiting: file.waiting,
    sales: file.sales,
    tell: file.tell,
    matching: file.matching,
  };
}

function webhookAuth(given: FileWebhook): WebhookAuth {
  switch (given.authentication) {
    case "none":
      return { kind: "none" };
    case "basic":
      return { kind: "basic", username: given.username };
    case "api-key":
      return { kind: "api-key", header: given.header };
  }
}

export interface Described {
  readonly institution: string;
  readonly name: string;
  readonly timeZone: string;
  readonly settings: ConnectionSettings;
}

type References = ReadonlyMap<CredentialName, string | null>;

/** The file that would give these settings; `references` tells which credentials are stored and where from. */
export function fileOf(
  { institution, name, timeZone, settings }: Described,
  references: References,
): Omit<ConnectionFileInput, "mappings" | "valueMaps"> {
  const { s360, account, webhooks } = settings;
  const secret = (credential: CredentialName) =>
    references.get(credential) ?? `env:${inventedVariable(institution, credential)}`;
  const plain = (credential: CredentialName, text: string) => references.get(credential) ?? text;
  return {
    institution,
    name,
    timeZone,
    s360: {
      baseUrl: s360.baseUrl,
      ...(s360.operator && { operator: plain("s360.operator", s360.operator) }),
      ...(s360.partner && { partner: plain("s360.partner", s360.partner) }),
      ...(references.has("s360.secret") && { secret: secret("s360.secret") }),
      authentication: s360.authentication,
      callsPerMinute: s360.callsPerMinute,
      callsPerMonth: s360.callsPerMonth,
      checksPerDay: s360.checksPerDay,
      assumptions: s360.assumptions,
      anonymised: s360.anonymised,
      sections: s360.sections,
      scheduleMinutes: s360.scheduleMinutes,
    },
    webhooks: {
      contacts: fileWebhook(webhooks.contacts, secret("webhooks.contacts.secret")),
      orders: fileWebhook(webhooks.orders, secret("webhooks.orders.secret")),
    },
    salesforce: fileSalesforce(settings.salesforce, secret, plain),
    individualsAs: settings.individualsAs,
    recordTypes: settings.recordTypes,
    account: account.kind === "bucket" ? { bucket: account.accountSyncIds } : account.kind,
    saleObject: settings.saleObject,
    conflictOwner: settings.conflictOwner,
    contactsOut: settings.contactsOut,
    rules: settings.rules,
    waiting: settings.waiting,
    sales: settings.sales,
    tell: settings.tell,
    matching: settings.matching,
  };
}

function fileSalesforce(
  { loginUrl, flow, clientId, username, apiVersion, ...rest }: ConnectionSettings["salesforce"],
  secret: (credential: CredentialName) => string,
  plain: (credential: CredentialName, text: string) => string,
): ConnectionFileInput["salesforce"] {
  const client = plain("salesforce.clientId", clientId);
  const { callsPerMinute, dailyCalls, duplicateAlerts } = rest;
  const bulkFrom = rest.bulkFrom === 0 ? "off" : rest.bulkFrom;
  const end = { apiVersion, callsPerMinute, dailyCalls, duplicateAlerts, bulkFrom };
  if (flow === "client-credentials") {
    return { loginUrl, flow, clientId: client, clientSecret: secret("salesforce.clientSecret"), ...end };
  }
  const user = plain("salesforce.username", username ?? "");
  const privateKey = secret("salesforce.privateKey");
  return { loginUrl, flow, clientId: client, username: user, privateKey, ...end };
}

function fileWebhook(auth: WebhookAuth, secret: string): ConnectionFileInput["webhooks"]["contacts"] {
  switch (auth.kind) {
    case "none":
      return { authentication: "none" };
    case "basic":
      return { authentication: "basic", username: auth.username, password: secret };
    case "api-key":
      return { authentication: "api-key", header: auth.header, key: secret };
  }
}

/** For a credential that was typed in: a variable to put it into. */
function inventedVariable(institution: string, credential: CredentialName): string {
  const words = `${institution}_${credential}`.replace(/([a-z])([A-Z])/g, "$1_$2");
  return words
    .replace(/[^A-Za-z0-9]+/g, "_")
    .replace(/^(\d)/, "_$1")
    .toUpperCase();
}
