import { closeSync, existsSync, fsyncSync, openSync, renameSync, rmSync, statSync } from "node:fs";
import type { Org } from "./org";
import type { OrgHolder } from "./org-holder";
import { readSavedState } from "./read-saved-state";
import { restoreSettings, snapshotSettings } from "./saved-settings";
import { rowLine, settingsLine, wholeOrg, writeLines } from "./state-lines";
import type { Table } from "./table";

const SAVE_DELAY_MS = 1000;
/** How long after a save that failed the next one is tried. */
const RETRY_DELAY_MS = 10_000;
/** Appended bytes that are borne before the file is written anew; more if the whole org takes more. */
const FEWEST_APPENDED_BYTES = 4 * 1024 * 1024;
/** The file holds secrets of client apps. */
const OWNER_ONLY = 0o600;

/**
 * Keeps the org in a file, so that a restart of the demo does not lose it. What changed is appended a second after a
 * change, so that a large org does not stand still to be saved; the file is written anew when the appended lines
 * outgrow the rest.
 */
export class StateFile {
  private timer: NodeJS.Timeout | undefined;
  private readonly changed = new Map<Table, Set<string>>();
  private needsWhole = true;
  private isClosed = false;
  private savedSettings = "";
  private wholeBytes = 0;
  private appendedBytes = 0;

  constructor(
    private readonly path: string,
    private readonly holder: OrgHolder,
  ) {}

  /**
   * Finds out at the start whether the org can be kept, as the first save comes only after the first change. Tries what
   * saving does, but leaves no file behind: an empty one would not be a state file.
   * @throws Error when a file cannot be created beside the path, or the one that is there cannot be written
   */
  tryPath(): void {
    const temporary = this.temporaryPath;
    const isLeftBehind = existsSync(temporary);
    try {
      if (existsSync(this.path)) closeSync(openSync(this.path, "a"));
      closeSync(openSync(temporary, "a", OWNER_ONLY));
      if (!isLeftBehind) rmSync(temporary, { force: true });
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      throw new Error(`the state file ${this.path} cannot be written (${reason}).`, { cause: error });
    }
  }

  private get temporaryPath(): string {
    return `${this.path}.new`;
  }

  /**
   * Loads the file if it is there; its org shape and seed win over the options.
   * @throws Error when the file is not one of ours, or is damaged before its end
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
    for (const [name, row] of saved.deletions) org.deleteLog.add(name, row, org.now());
    this.needsWhole = !saved.canGrow || (statSync(this.path).mode & 0o077) !== 0;
    this.savedSettings = settingsLine(saved.settings);
    this.wholeBytes = saved.usedBytes;
    this.appendedBytes = saved.staleBytes;
  }

  /** Saves a second after the last change. */
  watch(): void {
    this.holder.watchChanges({
      row: (table, id) => {
        if (!this.holder.org.store.owns(table)) return;
        const ids = this.changed.get(table);
        if (ids) ids.add(id);
        else this.changed.set(table, new Set([id]));
        this.schedule(SAVE_DELAY_MS);
      },
      settings: () => this.schedule(SAVE_DELAY_MS),
      replaced: () => {
        this.needsWhole = true;
        this.changed.clear();
        this.schedule(SAVE_DELAY_MS);
      },
    });
  }

  private schedule(delayMs: number): void {
    if (this.isClosed) return;
    this.timer ??= setTimeout(() => this.saveOrComplain(), delayMs).unref();
  }

  private saveOrComplain(): void {
    try {
      this.save();
    } catch (error) {
      console.error(`The simulated Salesforce org could not save its state to ${this.path}:`, error);
      this.schedule(RETRY_DELAY_MS);
    }
  }

  /** Saves for the last time: what changes from now on is not kept. */
  close(): void {
    if (this.isClosed) return;
    this.isClosed = true;
    this.save();
  }

  /**
   * Saves what changed since the last save, now.
   * @throws Error when the file cannot be written; the next save then writes it whole, as nobody knows how it ends
   */
  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const { org } = this.holder;
    const isWhole = this.needsWhole || this.appendedBytes > Math.max(FEWEST_APPENDED_BYTES, this.wholeBytes);
    this.needsWhole = true;
    if (isWhole) this.saveWhole(org);
    else this.append(org);
    this.needsWhole = false;
    this.changed.clear();
  }

  private append(org: Org): void {
    const settings = settingsLine(snapshotSettings(org));
    const lines = settings === this.savedSettings ? [] : [settings];
    for (const [table, ids] of this.changed) {
      for (const id of ids) lines.push(rowLine(org, table, id));
    }
    if (lines.length === 0) return;
    const file = openSync(this.path, "a", OWNER_ONLY);
    try {
      this.appendedBytes += writeLines(file, lines);
    } finally {
      closeSync(file);
    }
    this.savedSettings = settings;
  }

  /** A half-written file never takes the place of a whole one. */
  private saveWhole(org: Org): void {
    org.deleteLog.prune(org.now());
    const temporary = this.temporaryPath;
    rmSync(temporary, { force: true });
    const settings = settingsLine(snapshotSettings(org));
    const file = openSync(temporary, "w", OWNER_ONLY);
    try {
      this.wholeBytes = writeLines(file, wholeOrg(org, settings));
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    renameSync(temporary, this.path);
    this.savedSettings = settings;
    this.appendedBytes = 0;
  }
}
