import { execFile } from "node:child_process";
import { promisify } from "node:util";

const run = promisify(execFile);
const everyMs = 1_000;

export type Peaks = Readonly<Record<string, number>>;

/** Watches how much memory processes hold (RSS, with the processes they started); `pidOf` is asked again at every look. */
export function watchMemory(names: readonly string[], pidOf: (name: string) => number | null) {
  const peaks: Record<string, number> = {};
  const look = async (): Promise<void> => {
    const { stdout } = await run("ps", ["-A", "-o", "pid=,ppid=,rss="]);
    const processes = stdout.split("\n").flatMap((line) => {
      const [pid, parent, kilobytes] = line.trim().split(/\s+/).map(Number);
      return pid && parent !== undefined && kilobytes !== undefined ? [{ pid, parent, kilobytes }] : [];
    });
    const held = (pid: number): number =>
      processes
        .filter((each) => each.pid === pid || each.parent === pid)
        .reduce((sum, each) => sum + (each.pid === pid ? each.kilobytes : held(each.pid)), 0);
    for (const name of names) {
      const pid = pidOf(name);
      if (pid !== null) peaks[name] = Math.max(peaks[name] ?? 0, Math.round(held(pid) / 1024));
    }
  };
  let looking = Promise.resolve();
  const timer = setInterval(() => {
    looking = looking.then(look);
  }, everyMs);
  return {
    /** The most each held since the watch began or was last reset, MB. */
    async peaks(): Promise<Peaks> {
      await (looking = looking.then(look));
      return { ...peaks };
    },
    stop: () => clearInterval(timer),
  };
}
