/** What objects of the org's setup have in common here: readable, and not to be changed by the integration user. */
export const SETUP_OBJECT = {
  custom: false,
  createable: false,
  updateable: false,
  deletable: false,
  mergeable: false,
  layoutable: false,
  searchable: false,
  triggerable: false,
  recordTypes: [],
};
