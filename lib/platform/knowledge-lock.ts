/**
 * The lock under which mappings and value maps meet the settling of batches: first part of an advisory lock, the second
 * is the connection. Settling shares it (lib/sync/knowledge.ts), saving and publishing take it alone
 * (lib/mappings/release.ts).
 */
export const lockOfKnowledge = 836_004;
