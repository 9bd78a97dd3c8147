import { describeError, type Logger } from "./log";

type Print = (...given: readonly unknown[]) => void;

/**
 * Turns what Next.js and libraries print about errors into lines of our log: printed as they are, a failed query would
 * show its parameters, which may be somebody's name or session.
 */
export function logConsole(log: Logger): void {
  const line =
    (level: "error" | "warn"): Print =>
    (...given) => {
      const error = given.find((each) => each instanceof Error);
      const texts = given.filter((each) => typeof each === "string").map(firstLine);
      const text = texts.filter(Boolean).join(" ") || "an error was printed";
      log[level]({ ...(error && { err: describeError(error), digest: digestOf(error) }) }, text);
    };
  Object.assign(globalThis.console, { error: line("error"), warn: line("warn") });
}

const colours = new RegExp(`${String.fromCharCode(27)}\\[[0-9;]*m`, "g");

function firstLine(text: string): string {
  return text.replace(colours, "").trimStart().split("\n", 1)[0]?.slice(0, 300).trim() ?? "";
}

/** The name under which Next.js tells the person of an error it keeps to itself. */
function digestOf(error: Error): string | undefined {
  return "digest" in error && typeof error.digest === "string" ? error.digest : undefined;
}
