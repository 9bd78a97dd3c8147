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

/**
 * Letters by letters, digits by digits; everything else stays. What is put in does not depend on what was there, so that
 * nobody can reckon it back.
 */
export function madeText(value: string, nth: number): string {
  return otherThan(value, nth, (turn) => {
    let at = 0;
    return value.replace(/\p{L}|\d/gu, (character) => {
      const picked = mixed(turn, at++);
      if (character >= "0" && character <= "9") return String(picked % 10);
      const letters = character > "\x7f" ? "éèöüâîô" : "aeioulmnrst";
      const letter = letters[picked % letters.length] ?? "a";
      return character === character.toLowerCase() ? letter : letter.toUpperCase();
    });
  });
}

/** Other digits in the last places; leading zeros and what precedes stay, so that a number keeps its country and length. */
export function madeDigits(value: string, nth: number, last = Infinity): string {
  const digits = [...value].filter((character) => /\d/.test(character)).length;
  return otherThan(value, nth, (turn) => {
    let seen = 0;
    let leading = true;
    return value.replace(/\d|\p{L}/gu, (character) => {
      if (/\p{L}/u.test(character)) return last === Infinity ? madeText(character, turn + seen) : character;
      seen++;
      leading &&= character === "0";
      if (leading || seen <= digits - last) return character;
      // A number does not begin with a zero that was not there.
      return String((mixed(turn, seen) % 9) + 1);
    });
  });
}

/** A few turns are enough for all but what cannot become another, such as a text without letters. */
function otherThan(value: string, nth: number, make: (turn: number) => string): string {
  for (let turn = 0; turn < 8; turn++) {
    const made = make(nth + turn * 7_919);
    if (made !== value) return made;
  }
  return value;
}

/** A number that looks as if it came from nowhere; the same for the same two. */
function mixed(a: number, b: number): number {
  let x = (Math.imul(a + 1, 0x9e3779b1) ^ Math.imul(b + 1, 0x85ebca6b)) >>> 0;
  x = Math.imul(x ^ (x >>> 16), 0x7feb352d) >>> 0;
  x = Math.imul(x ^ (x >>> 15), 0x846ca68b) >>> 0;
  return (x ^ (x >>> 16)) >>> 0;
}

export function madeMail(address: string, nth: number): string {
  const [local = "", domain = ""] = address.split("@");
  const made = madeName(local, "last", nth);
  return `${asciiOf(made)}@${domain === domain.toLowerCase() ? "mail" : "Mail"}.example`;
}

function asciiOf(text: string): string {
  return text.normalize("NFD").replace(/\p{M}/gu, "");
}

/** Some years away, on another day, in the same form; what is no date becomes other digits. */
export function madeDate(value: string, nth: number): string {
  const [, year = "", rest = ""] = /^(\d{4})-\d{2}-\d{2}(.*)$/s.exec(value) ?? [];
  if (year !== "") return `${earlier(year, nth)}-${someMonth(nth)}-${someDay(nth)}${rest}`;
  const [, sign = "", yearHere = "", more = ""] = /^\d{1,2}([./-])\d{1,2}\1(\d{4})(.*)$/s.exec(value) ?? [];
  // The order of day and month is not known: twelve fits both.
  if (yearHere !== "")
    return `${someMonth(nth + 1)}${sign}${someMonth(nth)}${sign}${earlier(yearHere, nth)}${more}`;
  return madeDigits(value, nth);
}

const dayMs = 86_400_000;

/** A day as a number: a year, a day as 19800424, or seconds or milliseconds since 1970. The time of the day stays. */
export function madeDay(value: number, nth: number): number {
  const text = String(value);
  if (/^\d{4}$/.test(text)) return earlier(text, nth);
  if (/^(19|20)\d{6}$/.test(text))
    return Number(`${earlier(text.slice(0, 4), nth)}${someMonth(nth)}${someDay(nth)}`);
  const day = Math.abs(value) >= 1e10 ? dayMs : dayMs / 1_000;
  const at = new Date(Math.floor(value / day) * dayMs);
  const year = Number.isNaN(at.getTime()) ? 1970 : at.getUTCFullYear();
  const made = Date.UTC(earlier(String(year), nth), mixed(nth, 1) % 12, (mixed(nth, 2) % 28) + 1);
  return (made / dayMs) * day + (value - Math.floor(value / day) * day);
}

function earlier(year: string, nth: number): number {
  return Number(year) - 2 - (mixed(nth, 3) % 5);
}

function someMonth(nth: number): string {
  return two((mixed(nth, 1) % 12) + 1);
}

function someDay(nth: number): string {
  return two((mixed(nth, 2) % 28) + 1);
}

function two(number: number): string {
  return String(number).padStart(2, "0");
}
