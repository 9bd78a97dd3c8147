import { appendFileSync, readdirSync, rmSync } from "node:fs";
import { join } from "node:path";
import { stripVTControlCharacters } from "node:util";
import { privateFolder } from "@/lib/platform/data-folder";

export type Journal = {
  /** Takes one line that a process wrote: JSON as our logger writes it, or plain text. */
  take(process: string, line: string): void;
  /** The supervisor itself speaks. */
  say(message: string, level?: "info" | "warn" | "error"): void;
  /** Text for the person at the terminal, without time and name. */
  show(text: string): void;
};

type Output = { write(text: string): void; isTTY?: boolean };
type Entry = { time: string; name: string; level: string; msg: string } & Record<string, unknown>;

const KEPT_DAYS = 14;
const NAME_WIDTH = 10;
const [RED, YELLOW, PLAIN] = ["\u001b[31m", "\u001b[33m", "\u001b[39m"];
const HIDDEN = new Set(["time", "name", "level", "msg", "pid", "hostname", "err", "error"]);

/** One log for all processes: readable on the terminal, complete as JSON lines in `folder`, one file a day. */
export function openJournal(folder: string, output: Output = process.stdout): Journal {
  privateFolder(folder);
  removeOld(folder);
  const record = (entry: Entry) => {
    output.write(`${readable(entry, output.isTTY ?? false)}\n`);
    const file = join(folder, `connector-${entry.time.slice(0, 10)}.log`);
    appendFileSync(file, `${JSON.stringify(entry)}\n`, { mode: 0o600 });
  };
  return {
    take(name, line) {
      const text = stripVTControlCharacters(line).trimEnd();
      if (text.trim() !== "") record(parse(name, text));
    },
    say: (msg, level = "info") => record({ time: new Date().toISOString(), name: "start", level, msg }),
    show: (text) => output.write(`${text}\n`),
  };
}

/** `12:03:04 worker     message  key=value` */
export function readable(entry: Entry, colour: boolean): string {
  const time = new Date(entry.time).toTimeString().slice(0, 8);
  const details = Object.entries(entry)
    .filter(([key, value]) => !HIDDEN.has(key) && value !== undefined)
    .map(([key, value]) => `${key}=${typeof value === "object" ? JSON.stringify(value) : String(value)}`);
  const reason = messageOf(entry.err ?? entry.error);
  const text = [entry.msg, ...(reason ? [`(${reason})`] : []), ...details].join("  ");
  // What a caller chose, such as a part of an address, must not draw on the terminal or forge a line.
  const line = `${time} ${entry.name.padEnd(NAME_WIDTH)} ${text}`.replace(/\p{Cc}/gu, "\ufffd");
  if (!colour) return line;
  const isError = entry.level === "error" || entry.level === "fatal";
  if (isError) return `${RED}${line}${PLAIN}`;
  return entry.level === "warn" ? `${YELLOW}${line}${PLAIN}` : line;
}

function messageOf(error: unknown): string | null {
  if (typeof error !== "object" || error === null || !("message" in error)) return null;
  const cause = "cause" in error ? messageOf(error.cause) : null;
  const own = String(error.message).split("\n")[0] ?? "";
  return cause ? `${own}: ${cause}` : own;
}

function parse(name: string, text: string): Entry {
  const plain: Entry = { time: new Date().toISOString(), name, level: "info", msg: text };
  if (!text.startsWith("{")) return plain;
  try {
    const read = JSON.parse(text) as Record<string, unknown>;
    const time = typeof read.time === "string" ? read.time : plain.time;
    const level = typeof read.level === "string" ? read.level : plain.level;
    return { ...read, time, name, level, msg: typeof read.msg === "string" ? read.msg : "" };
  } catch (error) {
    if (error instanceof SyntaxError) return plain;
    throw error;
  }
}

function removeOld(folder: string): void {
  const files = readdirSync(folder)
    .filter((name) => /^connector-[\d-]{10}\.log$/.test(name))
    .sort();
  for (const name of files.slice(0, -KEPT_DAYS)) rmSync(join(folder, name));
}
