/**
 * A phone number as Salesforce's pages write it for users with a US locale: ten digits, or eleven with a leading 1, become
 * `(415) 555-1212`; everything else, numbers with a plus among it, stays as it was typed.
 */
export function usPhone(text: string): string {
  const trimmed = text.trim();
  if (!/^[\d\s().-]+$/.test(trimmed)) return text;
  const digits = trimmed.replace(/\D/g, "");
  const local = digits.length === 11 && digits.startsWith("1") ? digits.slice(1) : digits;
  if (local.length !== 10) return text;
  return `(${local.slice(0, 3)}) ${local.slice(3, 6)}-${local.slice(6)}`;
}

/** An international number without anything but its plus and digits; numbers without a country code stay. */
export function e164Phone(text: string): string {
  const trimmed = text.trim();
  const international = /^(?:\+|00)([\d\s()./-]+)$/.exec(trimmed);
  const digits = international?.[1]?.replace(/\(0\)/g, "").replace(/\D/g, "") ?? "";
  return digits.length >= 8 && digits.length <= 15 ? `+${digits}` : text;
}
