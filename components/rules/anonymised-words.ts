/** How the Rules page says what becomes of contacts that S-360 anonymised. */

export const anonymisedSentence = "When S-360 anonymises a contact";

export const anonymisedOptions = [
  {
    value: "review",
    label: "open a review",
    help: "Nothing is written. It waits under Reviews until a person decides; many can be decided at once.",
  },
  {
    value: "blank",
    label: "blank it in Salesforce",
    help: "The fields that the mapping fills are emptied, also where people edited them; a last name or company name becomes XXXXXXXX. The record, its Sync ID and its sales stay; it is never deleted.",
  },
  {
    value: "ignore",
    label: "do nothing",
    help: "Salesforce keeps what it has, personal data as well: see to its deletion there yourself.",
  },
] as const;
