/** What a census notes of a record besides the fields that change. No field of an org has a blank in its name. */

/** Salesforce does not have it yet: all of its fields would be new. */
export const newRecord = "new record";

/** It would fail, wait or be held, and does not now. */
export const notWritten = "not written";
