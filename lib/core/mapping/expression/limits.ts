/** What one expression may use. Same input, same output: the limits count work, the clock is only the last resort. */
export const limits = {
  /** Characters of any text an expression reads or builds. */
  textLength: 100_000,
  /** Wall clock of one evaluation, without the turns of others; compared at every step. */
  timeoutMs: 100,
  /** How long it runs before others of the process have their turn, where they are to have one. */
  sliceMs: 5,
  /** Names, signs, numbers and texts of an expression: jsonata's parser takes the square of some. */
  tokens: 2_000,
  /** Parts of an expression one inside the other: nothing can call itself, so it is told before it runs. */
  depth: 400,
  /** Elements of any list jsonata builds. */
  sequenceLength: 10_000,
  /** Characters of all keys and values of an object or list an expression builds, shared parts counted each time. */
  structureSize: 2_000_000,
  /** The same of the smaller of two values that are compared, and of each value of `$distinct`. */
  comparedSize: 200_000,
  /** Members of one object: from here on each costs a microsecond at every look. */
  members: 10_000,
  /** Elements of all lists that one call puts together. */
  callElements: 100_000,
  /** Small lists that `$zip` makes: as many objects as there are pairs. */
  pairs: 20_000,
  /** Copies of list elements that jsonata makes for one `*`, or for one group of what `@`, `#` and `%` bind. */
  copies: 10_000_000,
  /** Elements `$sort` puts in order: jsonata copies the rest of the list for each of them. */
  sortLength: 3_000,
  /** Characters of the picture of a number or date. */
  pictureLength: 200,
  /** Characters of a number that is read by a picture, also in words. */
  integerLength: 1_000,
  /** Instructions of one compiled regular expression. */
  regexProgramSize: 2_000,
  /** Characters scanned × instructions, for all matches of one regular expression in one evaluation: 20 ns each. */
  regexWork: 3_000_000,
} as const;
