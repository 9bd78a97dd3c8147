const alphabet = "ABCDEFGHIJKLMNOPQRSTUVWXYZ012345";

/**
 * A Salesforce id as it is stored, 18 characters: the short form of 15 gets its check characters, which tell the case
 * of each letter. Null for anything else.
 */
export function fullSalesforceId(text: string): string | null {
  if (!/^[A-Za-z0-9]{15}([A-Za-z0-9]{3})?$/.test(text)) return null;
  const short = text.slice(0, 15);
  const check = [0, 5, 10].map((start) => {
    const capitals = [...short.slice(start, start + 5)].map((letter, place) =>
      /[A-Z]/.test(letter) ? 1 << place : 0,
    );
    return alphabet.charAt(capitals.reduce<number>((sum, bit) => sum + bit, 0));
  });
  return short + check.join("");
}
