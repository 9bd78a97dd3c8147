/** Lookups from an object to itself that make a hierarchy: no record may be above itself. */
export const OWN_LOOKUPS: Readonly<Record<string, string>> = { Account: "ParentId", Contact: "ReportsToId" };
