import { Org } from "./org";
import type { ResolvedOrgOptions } from "./options";
import type { Table } from "./table";
import type { OrgShape } from "../model/schema";

export interface ChangeWatcher {
  /** A row was written or taken away. */
  row: (table: Table, id: string) => void;
  /** Rules, schema or whatever else belongs to the org changed. */
  settings: () => void;
  /** Another org runs now. */
  replaced: () => void;
}

/** The org that is running now; a reset puts an empty one in its place. */
export class OrgHolder {
  private running: Org;
  private watcher: ChangeWatcher | undefined;

  constructor(options: ResolvedOrgOptions) {
    this.running = new Org(options);
    this.watch();
  }

  get org(): Org {
    return this.running;
  }

  /**
   * Starts an empty org, of another shape if one is given. Clients stay, and sessions too: ids of users depend on the
   * seed alone.
   */
  reset(shape: Partial<OrgShape> = {}): Org {
    const before = this.running;
    this.replace({ ...before.options, shape: { ...before.shape, ...shape } });
    for (const client of before.clients.values()) this.running.clients.set(client.clientId, client);
    this.running.sessions.takeOver(before.sessions);
    return this.running;
  }

  /** Puts a new org with these options in place of the running one. */
  replace(options: ResolvedOrgOptions): Org {
    this.running.retire();
    this.running = new Org(options);
    this.watch();
    this.watcher?.replaced();
    return this.running;
  }

  /** Ends what the running org does on its own. */
  close(): void {
    this.running.retire();
  }

  /** Tells of every change of the running org, and of a new one in its place. */
  watchChanges(watcher: ChangeWatcher): void {
    this.watcher = watcher;
    this.watch();
  }

  private watch(): void {
    const { watcher } = this;
    if (!watcher) return;
    this.running.store.onWrite = watcher.row;
    this.running.onSettings = watcher.settings;
  }
}
