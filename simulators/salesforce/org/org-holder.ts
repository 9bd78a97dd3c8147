import { Org } from "./org";
import type { ResolvedOrgOptions } from "./options";
import type { OrgShape } from "../model/schema";

/** The org that is running now; a reset puts an empty one in its place. */
export class OrgHolder {
  private running: Org;
  /** Called after every write of the running org and after a reset. */
  onChange: () => void = () => undefined;

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
    this.onChange();
    return this.running;
  }

  /** Puts a new org with these options in place of the running one. */
  replace(options: ResolvedOrgOptions): Org {
    this.running = new Org(options);
    this.watch();
    return this.running;
  }

  private watch(): void {
    this.running.store.onWrite = () => this.onChange();
  }
}
