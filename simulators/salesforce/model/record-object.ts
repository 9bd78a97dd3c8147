/** What objects that people work with have in common; each says what differs. */
export const RECORD_OBJECT = {
  custom: false,
  createable: true,
  updateable: true,
  deletable: true,
  mergeable: false,
  layoutable: true,
  searchable: true,
  triggerable: true,
  recordTypes: [],
};
