import { parsePhoneNumberFromString, type PhoneNumber } from "libphonenumber-js";
import { MappingSignal, quoted } from "../signal";

/**
 * S-360 keeps phones as country prefix and national number, shown "41 / 0791234567" (s360.md §1.4); people type
 * "+41 79 …" and "0041 79 …". Returns E.164. Throws a MappingSignal for what cannot be a phone number.
 */
export function toE164(text: string): string {
  const parsed = parsePhone(text);
  if (parsed) return parsed.number;
  throw MappingSignal.hold(
    "invalid_value",
    `${quoted(text.trim())} is not a phone number with a country prefix, such as "41 / 0791234567".`,
  );
}

export type S360Phone =
  | { readonly ok: true; readonly stored: string; readonly e164: string }
  | { readonly ok: false; readonly sentence: string };

/**
 * The form in which S-360 keeps a number that a person wrote: "41 / 0791234567", as it is dialled within its country,
 * with the trunk prefix where there is one. Never throws.
 */
export function toS360Phone(text: string): S360Phone {
  const parsed = parsePhone(text);
  if (!parsed)
    return { ok: false, sentence: "Write the number with its country prefix, such as +41 79 123 45 67." };
  if (parsed.ext !== undefined) {
    return { ok: false, sentence: `S-360 keeps no extension (${parsed.ext}). Take it out of the number.` };
  }
  const { countryCallingCode: prefix, number: e164 } = parsed;
  const dialled = `${prefix} / ${parsed.formatNational().replace(/\D/g, "")}`;
  const stored = parsePhone(dialled)?.number === e164 ? dialled : `${prefix} / ${parsed.nationalNumber}`;
  return { ok: true, stored, e164 };
}

/** Undefined for what has no country prefix, or cannot be a number. Never throws. */
export function parsePhone(text: string): PhoneNumber | undefined {
  const trimmed = text.trim();
  const parts = /^\+?(\d{1,3})\s*\/\s*(.*)$/.exec(trimmed);
  const international = parts ? `+${parts[1]} ${parts[2]}` : trimmed.replace(/^00/, "+");
  const parsed = parsePhoneNumberFromString(international);
  return parsed?.isPossible() ? parsed : undefined;
}
