/** What depends on the version of a call, in one place. */

/** The versions this org speaks. */
export const OLDEST_VERSION = 37;
export const NEWEST_VERSION = 66;

/** Versions up to this one answer 410 GONE (REST API guide, "API End-of-Life Policy"). */
export const LAST_RETIRED_VERSION = 30;

/** Up to this version the format may be appended to the URL: `.json` (guide, "Support for JSON and XML"). */
export const LAST_FORMAT_SUFFIX = 57;

/** Since this version `Sforce-Mru` says whether a record becomes a recent item (guide, "MRU Header"). */
export const MRU_HEADER = 60;

/** Since this version an upsert that updates answers 200 with a body; before, 204 (guide, "Upsert"). */
export const UPSERT_ANSWERS_BODY = 46;

/** The resources of Composite and sObject Collections (guide, "Composite", "sObject Collections"). */
export const COMPOSITE = 38;
export const COLLECTIONS = 42;
export const COLLECTIONS_UPSERT = 46;

/** Inside a Composite call: strict reference ids, references to null fields (guide, "Composite Subrequest Result"). */
export const STRICT_REFERENCES = 52;
/** sObject Collections as Composite subrequests. */
export const COLLECTIONS_IN_COMPOSITE = 43;

/** `/limits/recordCount` (guide, "Record Count"). */
export const RECORD_COUNT = 40;

/** Names of limits, by the version that brought or took them away (guide, "Limits"). */
export const BULK_BATCHES_LIMIT = 49;
export const BULK_QUERY_LIMITS = 47;
export const PERMISSION_SET_LIMITS = 41;
export const EVENT_ENTITLEMENT_LIMIT = 48;
export const APEX_TEST_LIMIT = 56;
export const RETRIEVE_LIMIT = 64;
