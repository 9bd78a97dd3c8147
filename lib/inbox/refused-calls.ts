/**
 * Calls that were not answered with 200, kept in a file apart from the database, because the database being away is
 * one of the reasons to refuse. Holds no bodies and no credentials.
 */
import { createHash } from "node:crypto";
import { appendFile, mkdir, readdir, readFile, rename, stat } from "node:fs/promises";
import path from "node:path";
import { z } from "zod";
import { ofProcess } from "@/lib/platform/of-process";
import type { RefusedCall } from "./contract";

/** S-360 sends a payload at most this often, once each schedule run (s360.md §1.2). */
const tries = 12;
const defaultScheduleMinutes = 15;
/**
 * Each status has a file of its own, of this size and one older: whoever tries passwords or addresses can neither fill
 * the disk nor push out the calls that count.
 */
const maxFileBytes = 1_000_000;
const fileName = /^refused-calls-\d{3}\.jsonl(\.1)?$/;

const lineSchema = z.object({
  at: z.iso.datetime(),
  institution: z.string(),
  stream: z.string(),
  status: z.number(),
  reason: z.string(),
  body: z.string().nullable(),
  scheduleMinutes: z.number(),
});
type Line = z.infer<typeof lineSchema>;

export interface Refusal {
  readonly institution: string;
  readonly stream: string;
  readonly status: number;
  readonly reason: string;
  /** Text of the body when it was read, to tell tries of one payload from other payloads. */
  readonly bodyText?: string;
  readonly scheduleMinutes?: number;
}

/** Appends a refusal. Throws when the file cannot be written. */
export async function noteRefusal(dataFolder: string, refusal: Refusal, now = new Date()): Promise<void> {
  const line: Line = {
    at: now.toISOString(),
    institution: refusal.institution.slice(0, 100),
    stream: refusal.stream,
    status: refusal.status,
    reason: refusal.reason,
    body:
      refusal.bodyText === undefined
        ? null
        : createHash("sha256").update(refusal.bodyText).digest("hex").slice(0, 16),
    scheduleMinutes: refusal.scheduleMinutes ?? defaultScheduleMinutes,
  };
  const file = path.join(dataFolder, `refused-calls-${refusal.status}.jsonl`);
  // One after the other: two calls that both found the file full would rename it twice.
  const written = writing.last.then(() => append(file, `${JSON.stringify(line)}\n`));
  writing.last = written.catch(() => undefined);
  await written;
}

const writing = ofProcess("refused calls", () => ({ last: Promise.resolve() }));

async function append(file: string, line: string): Promise<void> {
  await mkdir(path.dirname(file), { recursive: true, mode: 0o700 });
  if ((await sizeOf(file)) > maxFileBytes) await rename(file, `${file}.1`);
  await appendFile(file, line, { mode: 0o600 });
}

/** Refusals of the last `days`, tries of one payload together, latest first. */
export async function readRefusedCalls(
  dataFolder: string,
  days = 7,
  now = new Date(),
): Promise<RefusedCall[]> {
  const names = (await namesIn(dataFolder)).filter((name) => fileName.test(name));
  const texts = await Promise.all(names.map((name) => readIfThere(path.join(dataFolder, name))));
  const since = new Date(now.getTime() - days * 86_400_000).toISOString();
  const groups = new Map<string, Line[]>();
  for (const line of texts.flatMap(parseLines)) {
    if (line.at < since) continue;
    const name = groupOf(line);
    const group = groups.get(name) ?? [];
    group.push(line);
    groups.set(name, group);
  }
  return [...groups.values()].map(summarise).sort(byUrgency);
}

/** Tries of one payload together; all calls for institutions that nobody connected count as one. */
function groupOf({ institution, stream, status, reason, body }: Line): string {
  return status === 404 ? "404" : [institution, stream, status, reason, body].join("\n");
}

function summarise(lines: readonly Line[]): RefusedCall {
  const sorted = lines.toSorted((a, b) => (a.at < b.at ? -1 : 1));
  const first = sorted[0];
  const last = sorted.at(-1);
  if (!first || !last) throw new Error("a group of refusals has at least one line");
  const givesUpAt = new Date(
    Date.parse(first.at) + (tries - 1) * first.scheduleMinutes * 60_000,
  ).toISOString();
  const { institution, stream, status, reason } = first;
  return {
    institution,
    stream,
    status,
    reason,
    tries: lines.length,
    firstAt: first.at,
    lastAt: last.at,
    givesUpAt,
  };
}

/** Calls for no institution of ours, which anybody can make, come last. */
function byUrgency(a: RefusedCall, b: RefusedCall): number {
  return Number(a.status === 404) - Number(b.status === 404) || (a.lastAt < b.lastAt ? 1 : -1);
}

/** A line cut short by a crash is passed over: the ones around it still count. */
function parseLines(text: string): Line[] {
  return text.split("\n").flatMap((line) => {
    if (line === "") return [];
    try {
      const parsed = lineSchema.safeParse(JSON.parse(line));
      return parsed.success ? [parsed.data] : [];
    } catch (error) {
      if (error instanceof SyntaxError) return [];
      throw error;
    }
  });
}

async function namesIn(folder: string): Promise<string[]> {
  try {
    return await readdir(folder);
  } catch (error) {
    if (isMissing(error)) return [];
    throw error;
  }
}

async function readIfThere(file: string): Promise<string> {
  try {
    return await readFile(file, "utf8");
  } catch (error) {
    if (isMissing(error)) return "";
    throw error;
  }
}

async function sizeOf(file: string): Promise<number> {
  try {
    return (await stat(file)).size;
  } catch (error) {
    if (isMissing(error)) return 0;
    throw error;
  }
}

function isMissing(error: unknown): boolean {
  return error instanceof Error && "code" in error && error.code === "ENOENT";
}
