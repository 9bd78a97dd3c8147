/** An error that stands at a field, and records to choose from where a name was not enough. */
export interface FieldTrouble {
  message: string;
  choices?: readonly { id: string; label: string }[];
}
