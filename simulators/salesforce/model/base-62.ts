/** Digits of record ids and key prefixes, in the order in which Salesforce counts. */
export const BASE62 = "0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz";
