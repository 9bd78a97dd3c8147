/** Characters of all texts that one function remembers its answers for: the largest mapping there may be, twice over. */
const mostCharacters = 400_000;

/** What an answer takes besides its text, in characters. */
const overhead = 80;

/** The function, which is asked the same again and again, with its latest answers remembered. */
export function remembered<T>(
  answerTo: (text: string) => T,
  most: number = mostCharacters,
): (text: string) => T {
  /** The one that was asked for last stands last. */
  const answers = new Map<string, { readonly answer: T }>();
  let characters = 0;
  return (text) => {
    const known = answers.get(text);
    if (known) {
      answers.delete(text);
      answers.set(text, known);
      return known.answer;
    }
    const answer = answerTo(text);
    answers.set(text, { answer });
    characters += text.length + overhead;
    for (const oldest of answers.keys()) {
      if (characters <= most) break;
      answers.delete(oldest);
      characters -= oldest.length + overhead;
    }
    return answer;
  };
}
