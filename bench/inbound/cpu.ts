import { readdirSync, readFileSync } from "node:fs";

/** Of a clock tick, which is what Linux counts processor time in. */
const tickMs = 10;

/**
 * The processor time that a process, those it started and those of them that have ended took so far, ms; null where the
 * system does not tell it (only Linux does). Unlike seconds it says the same on a busy machine as on a free one.
 */
export function cpuMs(pid: number): number | null {
  if (process.platform !== "linux") return null;
  const all = readdirSync("/proc").flatMap((name) =>
    /^\d+$/.test(name) ? (readStat(Number(name)) ?? []) : [],
  );
  const taken = (of: number): number =>
    all.reduce((sum, each) => {
      if (each.pid === of) return sum + each.ticks;
      return each.parent === of ? sum + taken(each.pid) : sum;
    }, 0);
  return taken(pid) * tickMs;
}

/** Null when it has ended meanwhile. */
function readStat(
  pid: number,
): { readonly pid: number; readonly parent: number; readonly ticks: number } | null {
  let text: string;
  try {
    text = readFileSync(`/proc/${pid}/stat`, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && (error.code === "ENOENT" || error.code === "ESRCH"))
      return null;
    throw error;
  }
  // The name in brackets may hold blanks; the fields after it are counted from the state (proc(5), fields 4, 14 to 17).
  const fields = text
    .slice(text.lastIndexOf(")") + 2)
    .split(" ")
    .map(Number);
  const ticks = fields.slice(11, 15).reduce((sum, value) => sum + value, 0);
  return { pid, parent: fields[1] ?? 0, ticks };
}
