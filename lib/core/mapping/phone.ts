import { parsePhoneNumberFromString } from "libphonenumber-js";
import { MappingSignal, quoted } from "./signal";

/**
 * S-360 keeps phones as country prefix and national number, shown "41 / 0791234567" (s360.md §1.4); people type
 * "+41 79 …" and "0041 79 …". Returns E.164. Throws a MappingSignal for what cannot be a phone number.
 */
export function toE164(text: string): string {
  const trimmed = text.trim();
  const parts = /^\+?(\d{1,3})\s*\/\s*(.*)$/.exec(trimmed);
  const international = parts ? `+${parts[1]} ${parts[2]}` : trimmed.replace(/^00/, "+");
  const parsed = parsePhoneNumberFromString(international);
  if (!parsed?.isPossible()) {
    throw MappingSignal.hold(
      "invalid_value",
      `${quoted(trimmed)} is not a phone number with a country prefix, such as "41 / 0791234567".`,
    );
  }
  return parsed.number;
}
