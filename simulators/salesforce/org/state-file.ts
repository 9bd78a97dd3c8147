import { appendFileSync, closeSync, existsSync, openSync, renameSync, writeSync } from "node:fs";
import type { Org } from "./org";
import type { OrgHolder } from "./org-holder";
import { readSavedState } from "./read-saved-state";
import { restoreSettings, snapshotSettings } from "./saved-settings";
import type { Table } from "./table";

const SAVE_DELAY_MS = 1000;
const LINES_PER_WRITE = 1000;
/** Appended lines that are borne before the file is written anew; more if the org has more rows. */
const FEWEST_APPENDED_LINES = 10_000;

/**
 * Keeps the org in a file, so that a restart of the demo does not lose it. Changed rows are appended a second after a
 * change, so that a large org does not stand still to be saved; the file is written anew when the appended lines
 * outgrow the rows.
 */
export class StateFile {
  private timer: NodeJS.Timeout | undefined;
  private readonly changed = new Map<Table, Set<string>>();
  private needsWhole = true;
  private appendedLines = 0;

  constructor(
    private readonly path: string,
    private readonly holder: OrgHolder,
  ) {}

  /**
   * Loads the file if it is there; its org shape and seed win over the options.
   * @throws Error when the file is not one of ours
   */
  load(): void {
    if (!existsSync(this.path)) return;
    const saved = readSavedState(this.path);
    const { options } = this.holder.org;
    const org = this.holder.replace({ ...options, seed: saved.seed, shape: saved.shape });
    restoreSettings(org, saved.settings);
    for (const [name, row] of saved.rows) {
      const object = org.schema.find(name);
      if (object) org.store.put(object, row);
    }
    org.store.commit();
  }

  /** Saves a second after the last change. */
  watch(): void {
    this.holder.watchChanges({
      row: (table, id) => {
        const ids = this.changed.get(table);
        if (ids) ids.add(id);
        else this.changed.set(table, new Set([id]));
        this.schedule();
      },
      settings: () => this.schedule(),
      replaced: () => {
        this.needsWhole = true;
        this.schedule();
      },
    });
  }

  private schedule(): void {
    this.timer ??= setTimeout(() => this.saveOrComplain(), SAVE_DELAY_MS).unref();
  }

  private saveOrComplain(): void {
    try {
      this.save();
    } catch (error) {
      console.error(`The simulated Salesforce org could not save its state to ${this.path}:`, error);
    }
  }

  /** Saves what changed since the last save, now. */
  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { org } = this.holder;
    if (this.needsWhole || this.appendedLines > Math.max(FEWEST_APPENDED_LINES, org.store.rowCount)) {
      this.saveWhole(org);
    } else {
      this.append(org);
    }
    this.changed.clear();
  }

  private append(org: Org): void {
    const lines = [settingsLine(org)];
    for (const [table, ids] of this.changed) {
      for (const id of ids) lines.push(rowLine(table, id));
    }
    appendFileSync(this.path, lines.join(""));
    this.appendedLines += lines.length;
  }

  /** A half-written file never takes the place of a whole one. */
  private saveWhole(org: Org): void {
    const temporary = `${this.path}.new`;
    const file = openSync(temporary, "w", 0o600);
    try {
      writeSync(file, `${JSON.stringify({ format: 2, seed: org.options.seed, shape: org.shape })}\n`);
      writeSync(file, settingsLine(org));
      let lines: string[] = [];
      for (const table of org.store.all()) {
        for (const row of table.all()) {
          lines.push(rowLine(table, String(row.Id)));
          if (lines.length < LINES_PER_WRITE) continue;
          writeSync(file, lines.join(""));
          lines = [];
        }
      }
      writeSync(file, lines.join(""));
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.path);
    this.needsWhole = false;
    this.appendedLines = 0;
  }
}

function settingsLine(org: Org): string {
  return `${JSON.stringify({ settings: snapshotSettings(org) })}\n`;
}

function rowLine(table: Table, id: string): string {
  const row = table.get(id);
  return `${JSON.stringify(row ? { object: table.object.name, row } : { object: table.object.name, gone: id })}\n`;
}
