/** Makes the parts of texts anew, for one record: what was made of one thing is remembered for the next time. */
import { Distinct, Endless, otherEndings } from "./made-up-distinct";
import { Names } from "./made-up-names";
import { withParts, type Makers } from "./made-up-patterns";
import type { Pace, Turns } from "./made-up-turns";
import { madeDate, madeDay, madeDigits, madeMail } from "./made-up-values";

export class Parts {
  readonly names: Names;
  readonly #kinds = new Map<string, Distinct>();
  readonly #numbered = new Endless();

  constructor(
    private readonly seed: number,
    private readonly pace: Pace,
  ) {
    this.names = new Names(seed, pace, (part) => this.digits(part));
  }

  /** What may be anything. */
  free(text: string): Turns<string> {
    const more: Makers = {
      day: (found) => this.day(found),
      digits: (found) => this.digits(found),
      word: (found) => this.names.wordFor(found),
    };
    return withParts(text, { ...this.#numbers(), ...more }, this.pace);
  }

  /** All but what tells itself by its form to be of a person. */
  numbersIn(text: string): Turns<string> {
    return withParts(text, this.#numbers(), this.pace);
  }

  /** The same where the number of a thing may be as long as that of a person. */
  shortNumbersIn(text: string): Turns<string> {
    const { long: _, ...makers } = this.#numbers();
    return withParts(text, makers, this.pace);
  }

  /** Dates and the numbers of things are not among it. */
  #numbers(): Makers {
    const number = (kind: string, make: (found: string, nth: number) => string) => (found: string) =>
      this.#kind(kind).of(found, (nth) => make(found, nth), otherEndings);
    return {
      mail: (found) => this.mail(found),
      // The country stays.
      iban: number("iban", (found, nth) => found.slice(0, 2) + madeDigits(found.slice(2), nth)),
      taxCode: number("tax code", madeDigits),
      // The first three digits too: the country of a phone, and of an AHV number.
      long: (found) =>
        this.#kind("number").known(found) ?? this.phone(found, found.replace(/\D/g, "").length - 3),
    };
  }

  mail(address: string): string {
    const make = (nth: number) => madeMail(address, nth);
    return this.#kind("mail").of(address.toLowerCase(), make, (made) => this.#numbered.numbers(made));
  }

  digits(text: string): string {
    return this.#kind("number").of(text, (nth) => madeDigits(text, nth), otherEndings);
  }

  /** `last`: digits at the end that become others. */
  phone(text: string, last: number): string {
    return this.#kind("phone").of(text, (nth) => madeDigits(text, nth, last), otherEndings);
  }

  /** Digits only: words stay. */
  box(text: string): string {
    return this.#kind("box").of(text, (nth) => madeDigits(text, nth, text.length), otherEndings);
  }

  /** The same day is the same at any time of it. */
  day(text: string): string {
    const [, day = text, rest = ""] = /^(\d{4}-\d{2}-\d{2})(.*)$/s.exec(text) ?? [];
    return this.#kind("day").of(day, (nth) => madeDate(day, nth)) + rest;
  }

  dayNumber(value: number): number {
    return Number(this.#kind("day number").of(String(value), (nth) => String(madeDay(value, nth))));
  }

  #kind(name: string): Distinct {
    const kind = this.#kinds.get(name) ?? new Distinct(this.seed);
    this.#kinds.set(name, kind);
    return kind;
  }
}
