import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import { isObject, readJson, writeJson, type Json, type JsonObject } from "./venue/json";

const saveAfterMs = 500;

/**
 * Keeps the simulator's state in one JSON file, written at most twice a second and always whole: a new file takes
 * the place of the old one. A process that is killed loses the changes of the last half second.
 */
export class StateFile {
  private timer: NodeJS.Timeout | undefined;

  constructor(
    private readonly path: string,
    private readonly collect: () => Json,
  ) {}

  /** The saved state; null when there is no file yet. Throws Error with a sentence when it cannot be read. */
  static load(path: string): JsonObject | null {
    if (!existsSync(path)) return null;
    try {
      const state = readJson(readFileSync(path, "utf8"));
      if (isObject(state)) return state;
    } catch (error) {
      throw new Error(
        `The state file ${path} cannot be read: ${error instanceof Error ? error.message : error}`,
      );
    }
    throw new Error(`The state file ${path} does not hold a simulator's state. Delete it to start anew.`);
  }

  changed(): void {
    this.timer ??= setTimeout(() => this.save(), saveAfterMs);
  }

  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const next = `${this.path}.next`;
    writeFileSync(next, writeJson(this.collect()), { mode: 0o600 });
    renameSync(next, this.path);
  }
}
