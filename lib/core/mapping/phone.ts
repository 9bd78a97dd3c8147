import { parsePhoneNumberFromString } from "libphonenumber-js";
import { MappingSignal } from "./signal";

/**
 * S-360 keeps phones as country prefix and national number, shown "41 / 0791234567" (s360.md §1.4); people type
 * "+41 79 …" and "0041 79 …". Returns E.164. Throws a MappingSignal for what cannot be a phone number.
 */
export function toE164(text: string): string {
  const trimmed = text.trim();
  const parts = /^\+?(\d{1,3})\s*\/\s*(.*)$/.exec(trimmed);
  const parsed = parts
    ? parsePhoneNumberFromString(parts[2] ?? "", { defaultCallingCode: parts[1] })
    : parsePhoneNumberFromString(trimmed.replace(/^00/, "+"));
  if (!parsed?.isPossible()) {
    throw MappingSignal.hold(
      "invalid_value",
      `"${trimmed}" is not a phone number with a country prefix, such as "41 / 0791234567".`,
    );
  }
  return parsed.number;
}
