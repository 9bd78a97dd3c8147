/** How the Rules page says what becomes of sales without a contact. */

export const withoutContactSentence =
  "When the contact of a sale is left out by its mapping, failed, or unknown to S-360";

export const withoutContactOptions = [
  {
    value: "wait",
    label: "the sale waits",
    help: "It is written as soon as the contact is in Salesforce.",
  },
  {
    value: "unlinked",
    label: "write the sale without its account",
    help: "It is linked as soon as the contact is in Salesforce. A contact on its way is waited for; of an unknown one S-360 is asked first.",
  },
] as const;

export const anonymousSentence = "When an order names no contact";

export const anonymousOptions = [
  {
    value: "unlinked",
    label: "write its sales without an account",
    help: "Should the order name a contact later, they are linked.",
  },
  {
    value: "skip",
    label: "do not write its sales",
    help: "What is in Salesforce already is kept up to date.",
  },
  {
    value: "placeholder",
    label: "write its sales under a placeholder account",
    help: "Should the order name a contact later, they move to its account.",
  },
] as const;
