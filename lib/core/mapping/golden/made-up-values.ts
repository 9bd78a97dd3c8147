/** Values of nobody in the shape of a given one: as many words and digits, in the same case, with accents where there were. */

export type NameSort = "first" | "last" | "street" | "town";

const plain: Readonly<Record<NameSort, readonly string[]>> = {
  first: ["Alma", "Bruno", "Clara", "Dario", "Elsa", "Fabio", "Greta", "Hugo", "Irma", "Jonas"],
  last: [
    "Amberg",
    "Bellini",
    "Corbaz",
    "Dorval",
    "Engel",
    "Fontana",
    "Gerber",
    "Huguenin",
    "Isler",
    "Jordan",
  ],
  street: [
    "Linden",
    "Cedar",
    "Chapel",
    "Garden",
    "Harbour",
    "Meadow",
    "Orchard",
    "Quarry",
    "Station",
    "Willow",
  ],
  town: ["Ashford", "Belmont", "Clairval", "Dornach", "Elmstadt", "Fontvert", "Grandpré", "Hohenau"],
};
const accented: Readonly<Record<NameSort, readonly string[]>> = {
  first: ["Zoé", "Jörg", "Éloïse", "André", "Inès", "Noël"],
  last: ["Rüegg", "Évrard", "Béranger", "Schönau", "Lefébure", "Nuñez"],
  street: ["Forêt", "Mühle", "Église", "Château", "Brücke"],
  town: ["Grandpré", "Münsterau", "Évremont", "Sévigny"],
};

/** Longer than any name in the lists: its letters are made up one by one, so that what is too long stays too long. */
const longestListed = 12;

/** Words of a name or an address line; digits in between become others. */
export function madeName(value: string, sort: NameSort, nth: number): string {
  let word = nth;
  return value.replace(/\p{L}[\p{L}\p{M}'’]*|\d+/gu, (part) => {
    word++;
    if (/^\d/.test(part)) return madeDigits(part, word);
    if (part.length === 1) return inCaseOf(part, "bcdfgklmnprst"[word % 13] ?? "b");
    if (part.length > longestListed) return madeText(part, word);
    const list = /[^\x00-\x7f]/.test(part) ? accented[sort] : plain[sort];
    return inCaseOf(part, pickOther(list, word, part));
  });
}

function pickOther(list: readonly string[], nth: number, not: string): string {
  const picked = list[nth % list.length] ?? "";
  return picked.toLowerCase() === not.toLowerCase() ? (list[(nth + 1) % list.length] ?? picked) : picked;
}

export function inCaseOf(model: string, word: string): string {
  if (model === model.toUpperCase() && model !== model.toLowerCase()) return word.toUpperCase();
  if (model === model.toLowerCase()) return word.toLowerCase();
  return word;
}

/** Letters by letters, digits by digits; everything else stays. */
export function madeText(value: string, nth: number): string {
  let at = nth;
  return value.replace(/\p{L}|\d/gu, (character) => {
    at++;
    if (/\d/.test(character)) return String((Number(character) + 1 + (at % 8)) % 10);
    const letters = /[^\x00-\x7f]/.test(character) ? "éèöüâîô" : "aeioulmnrst";
    const picked = letters[at % letters.length] ?? "a";
    const other = picked === character.toLowerCase() ? (letters[(at + 1) % letters.length] ?? "o") : picked;
    return inCaseOf(character, other);
  });
}

/** Other digits in the last places; leading zeros and what precedes stay, so that a number keeps its country and length. */
export function madeDigits(value: string, nth: number, last = Infinity): string {
  const digits = [...value].filter((character) => /\d/.test(character)).length;
  let seen = 0;
  let leading = true;
  return value.replace(/\d|\p{L}/gu, (character) => {
    if (/\p{L}/u.test(character)) return last === Infinity ? madeText(character, nth + seen) : character;
    seen++;
    leading &&= character === "0";
    if (leading || seen <= digits - last) return character;
    const made = (Number(character) + 1 + ((nth + seen * 3) % 8)) % 10;
    // A number does not begin with a zero that was not there.
    return made === 0 ? "5" : String(made);
  });
}

export function madeMail(address: string, nth: number): string {
  const [local = "", domain = ""] = address.split("@");
  const made = madeName(local, "last", nth);
  return `${asciiOf(made)}@${domain === domain.toLowerCase() ? "mail" : "Mail"}.example`;
}

function asciiOf(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Some years, months and days away, in the same form; what is no date becomes other digits. */
export function madeDate(value: string, nth: number): string {
  const [, year = "", month = "", rest = ""] = /^(\d{4})-(\d{2})-\d{2}(.*)$/s.exec(value) ?? [];
  if (year !== "") return `${earlier(year, nth)}-${two(otherMonth(month, nth))}-${two(otherDay(nth))}${rest}`;
  const [, sign = "", monthHere = "", yearHere = "", more = ""] =
    /^\d{1,2}([./-])(\d{1,2})\1(\d{4})(.*)$/s.exec(value) ?? [];
  // The order of day and month is not known: twelve fits both.
  if (yearHere !== "")
    return `${two((otherDay(nth) % 12) + 1)}${sign}${two(otherMonth(monthHere, nth))}${sign}${earlier(yearHere, nth)}${more}`;
  return madeDigits(value, nth);
}

/** A birthday as a number: a year, a day as 19800424, or seconds or milliseconds since 1970. */
export function madeDay(value: number, nth: number): number {
  const text = String(value);
  if (/^\d{4}$/.test(text)) return earlier(text, nth);
  if (/^(19|20)\d{6}$/.test(text))
    return Number(
      `${earlier(text.slice(0, 4), nth)}${two(otherMonth(text.slice(4, 6), nth))}${two(otherDay(nth))}`,
    );
  const day = Math.abs(value) >= 1e10 ? 86_400_000 : 86_400;
  return value - (731 + ((nth * 37) % 1_500)) * day;
}

function earlier(year: string, nth: number): number {
  return Number(year) - 2 - (nth % 5);
}

function otherMonth(month: string, nth: number): number {
  return ((Number(month) + (nth % 11)) % 12) + 1;
}

function otherDay(nth: number): number {
  return ((nth * 7) % 28) + 1;
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
