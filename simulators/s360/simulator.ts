import { demoVenue } from "./demo/demo-venue";
import { s360Instant } from "./demo/local-midnight";
import { Numbers } from "./demo/numbers";
import { order } from "./demo/orders";
import { Random } from "./demo/random";
import { trickle } from "./demo/trickle";
import { readSavedState, type SavedState } from "./saved-state";
import { changeSettings, defaultSettings, type Settings, type SettingsChange } from "./settings";
import { StateFile } from "./state-file";
import type { Json, JsonObject } from "./venue/json";
import { streams, Venue, type Stream } from "./venue/venue";
import { DeliveryLog } from "./webhook/deliveries";
import { Faults } from "./webhook/faults";
import { Schedule } from "./webhook/schedule";
import { Webhook, type Run } from "./webhook/webhook";

export type SimulatorOptions = {
  /** Institution code, lower case; part of the webhooks' addresses. Default `myvenue`. */
  institution?: string;
  /** Start with the demo venue, everything queued. */
  demo?: boolean;
  seed?: number;
  settings?: SettingsChange;
  /** Keep the state in this file across restarts. */
  stateFile?: string;
  /** Where lines for people go; numbers and outcomes only. Default: nowhere. */
  log?: (line: string) => void;
};

/** One institution of S-360: its venue, its two webhooks and their schedules. */
export class Simulator {
  readonly institution: string;
  readonly venue = new Venue();
  readonly deliveries = new DeliveryLog();
  readonly faults = new Faults();
  readonly webhooks: Record<Stream, Webhook>;
  readonly schedules: Record<Stream, Schedule>;
  readonly log: (line: string) => void;
  settings: Settings;
  private numbers = new Numbers();
  private random: Random;
  private trickleTimer: NodeJS.Timeout | undefined;
  private trickleEverySeconds = 0;
  private readonly stateFile: StateFile | undefined;
  private readonly startSettings: Settings;

  /** Throws SettingsError for wrong settings, Error for a state file that cannot be used. */
  constructor(private readonly options: SimulatorOptions) {
    this.institution = options.institution ?? "myvenue";
    if (!/^[a-z0-9_-]{1,40}$/.test(this.institution))
      throw new Error("The institution code is made of lower-case letters, digits, - and _.");
    this.log = options.log ?? (() => undefined);
    this.startSettings = changeSettings(defaultSettings(), options.settings ?? {});
    this.settings = this.startSettings;
    this.random = new Random(options.seed ?? 1);
    this.webhooks = { contacts: this.webhook("contacts"), orders: this.webhook("orders") };
    const failed = (error: unknown) =>
      this.log(`A run failed: ${error instanceof Error ? error.message : error}`);
    this.schedules = {
      contacts: new Schedule(this.webhooks.contacts, failed),
      orders: new Schedule(this.webhooks.orders, failed),
    };
    const path = options.stateFile;
    const saved = path === undefined ? null : StateFile.load(path);
    if (path !== undefined) this.stateFile = new StateFile(path, () => this.snapshot());
    if (saved !== null) this.restore(readSavedState(saved, this.institution));
    else this.fill();
  }

  /** Starts the schedules, each with a first run at once, and the trickle. */
  start(): void {
    this.applySettings();
  }

  change(change: unknown): void {
    this.settings = changeSettings(this.settings, change);
    this.applySettings();
  }

  /** Creates or replaces a contact or an order and queues its number. Throws VenueError. */
  put(stream: Stream, body: Json): string {
    const key = this.venue.put(stream, body);
    this.queue(stream, [key]);
    return key;
  }

  /** The same for many; all or, when one has no number, none. */
  putAll(stream: Stream, bodies: readonly Json[]): string[] {
    const keys = this.venue.putAll(stream, bodies);
    this.queue(stream, keys);
    return keys;
  }

  queue(stream: Stream, keys: Iterable<string>): void {
    for (const key of keys) this.webhooks[stream].queue.add(key);
    this.stateFile?.changed();
  }

  /** A number for a new contact. */
  newContactNumber(): JsonObject {
    return { ...this.numbers.contact(), creationDate: s360Instant(new Date()) };
  }

  /** Makes a sale for a contact and queues it; returns the order's id. */
  newOrder(contactNumber: string): string {
    const made = order(this.random, this.numbers, this.institution, contactNumber, "SALE", new Date());
    return this.put("orders", made);
  }

  /** Runs the schedules now and waits for them. */
  async run(only?: Stream): Promise<Partial<Record<Stream, Run | null>>> {
    const chosen = streams.filter((stream) => only === undefined || stream === only);
    const runs = await Promise.all(
      chosen.map(async (stream) => [stream, await this.webhooks[stream].run()] as const),
    );
    return Object.fromEntries(runs);
  }

  /** Back to how this simulator started; the first runs follow at once. */
  async reset(): Promise<void> {
    this.stopTimers();
    for (const stream of streams) await this.webhooks[stream].clear();
    this.venue.clear();
    this.deliveries.clear();
    this.faults.clear();
    this.settings = this.startSettings;
    this.random = new Random(this.options.seed ?? 1);
    this.numbers = new Numbers();
    this.fill();
    this.stateFile?.changed();
    this.start();
  }

  async close(): Promise<void> {
    this.stopTimers();
    for (const stream of streams) await this.webhooks[stream].close();
    this.stateFile?.save();
  }

  private webhook(stream: Stream): Webhook {
    return new Webhook({
      stream,
      institution: this.institution,
      venue: this.venue,
      settings: () => this.settings,
      deliveries: this.deliveries,
      faults: this.faults,
      log: this.log,
      changed: () => this.stateFile?.changed(),
    });
  }

  private fill(): void {
    if (this.options.demo !== true) return;
    const { contacts, orders } = demoVenue(this.random, this.numbers, this.institution);
    for (const contact of contacts) this.put("contacts", contact);
    for (const order of orders) this.put("orders", order);
  }

  private applySettings(): void {
    for (const stream of streams) this.schedules[stream].every(this.settings[stream].scheduleSeconds);
    const { trickleSeconds } = this.settings;
    if (trickleSeconds === this.trickleEverySeconds) return;
    clearInterval(this.trickleTimer);
    this.trickleEverySeconds = trickleSeconds;
    if (trickleSeconds > 0) this.trickleTimer = setInterval(() => this.trickle(), trickleSeconds * 1000);
  }

  private trickle(): void {
    const changed = trickle(this.random, this.numbers, this.venue, this.institution, new Date());
    for (const stream of streams) this.queue(stream, changed[stream]);
  }

  private stopTimers(): void {
    for (const stream of streams) this.schedules[stream].stop();
    clearInterval(this.trickleTimer);
    this.trickleEverySeconds = 0;
  }

  private snapshot(): SavedState {
    return {
      institution: this.institution,
      random: this.random.state,
      numbers: this.numbers.snapshot(),
      contacts: [...this.venue.contacts.values()],
      orders: [...this.venue.orders.values()],
      queues: {
        contacts: this.webhooks.contacts.queue.snapshot(),
        orders: this.webhooks.orders.queue.snapshot(),
      },
    };
  }

  private restore(saved: SavedState): void {
    for (const body of saved.contacts) this.venue.putContact(body);
    for (const body of saved.orders) this.venue.putOrder(body);
    for (const stream of streams) this.webhooks[stream].queue.restore(saved.queues[stream]);
    this.random = new Random(saved.random);
    this.numbers = new Numbers(saved.numbers);
  }
}
