/** What stands as the source of a line beside its result: always the one that gave it. Pure. */
import type { Unread } from "../draft/content";
import type { LastGood } from "../editor/last-good";

interface Given {
  readonly expression: string;
  readonly unread: Unread | null;
  /** A name is being typed. */
  readonly isHalfNamed: boolean;
  readonly lastGood: LastGood | null;
}

interface Said {
  readonly said: string;
  /** Not what is typed, as the result beside it is not what that would give. */
  readonly isOlder: boolean;
}

/** Where the last good result is shown, what gave it; otherwise what the line says. */
export function saidOf({ expression, unread, isHalfNamed, lastGood }: Given): Said {
  const isOlder = unread !== null || (isHalfNamed && lastGood !== null);
  return { said: (isOlder ? lastGood?.expression : null) ?? expression, isOlder };
}
