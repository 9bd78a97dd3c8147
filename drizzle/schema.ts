/**
 * All tables, a file for each of their kinds (words as in lib/core/words.ts).
 *
 * What must hold whatever else changes: family is part of a record's key and kind is an attribute; version and state
 * are kept per direction; one lease per record covers both directions; source state is never pruned; base is kept
 * per link and field and moves only with a settled write.
 */
export * from "./arrivals";
export * from "./bulk";
export * from "./comparisons";
export * from "./connections";
export * from "./imports";
export * from "./links";
export * from "./mappings";
export * from "./people";
export * from "./records";
export * from "./rereads";
export * from "./reviews";
export * from "./value-maps";
export * from "./way-back";
