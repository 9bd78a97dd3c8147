import { Api } from "./api/api";
import type { ApiCall, Refusal } from "./api/call-log";
import { demoVenue } from "./demo/demo-venue";
import { s360Instant } from "./demo/local-midnight";
import { Numbers } from "./demo/numbers";
import { order } from "./demo/orders";
import { Random } from "./demo/random";
import { Rhythm } from "./demo/rhythm";
import { trickle } from "./demo/trickle";
import { readSavedState, type SavedState } from "./saved-state";
import { changeSettings, defaultSettings, type Settings, type SettingsChange } from "./settings";
import { StateFile } from "./state-file";
import { anonymised } from "./venue/anonymise";
import type { Json, JsonObject } from "./venue/json";
import { LastWrites, type Writer } from "./venue/last-writes";
import { mergeContacts } from "./venue/merge-contacts";
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

/** One institution of S-360: its venue, its two webhooks and their schedules, its API side. */
export class Simulator {
  readonly institution: string;
  readonly venue = new Venue();
  readonly deliveries = new DeliveryLog();
  readonly faults = new Faults();
  readonly api = new Api();
  readonly lastWrites = new LastWrites();
  readonly webhooks: Record<Stream, Webhook>;
  readonly schedules: Record<Stream, Schedule>;
  readonly log: (line: string) => void;
  settings: Settings;
  numbers = new Numbers();
  private random: Random;
  private readonly life = new Rhythm(() => this.trickle());
  private readonly stateFile: StateFile | undefined;
  private readonly startSettings: Settings;

  /** Throws SettingsError for wrong settings, Error for a state file that cannot be used. */
  constructor(private readonly options: SimulatorOptions) {
    this.institution = options.institution ?? "myvenue";
    if (!/^[a-z0-9_-]{1,40}$/.test(this.institution))
      throw new Error("The institution code is made of lower-case letters, digits, - and _.");
    this.log = options.log ?? (() => undefined);
    this.startSettings = changeSettings(defaultSettings(this.institution), options.settings ?? {});
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
    this.stateFile?.changed();
  }

  /** The venue's clock. */
  now(): Date {
    return new Date(Date.now() + this.settings.api.clockOffsetSeconds * 1000);
  }

  /** An operator creates or replaces a contact or an order; its number is queued. Throws VenueError. */
  put(stream: Stream, body: Json): string {
    const key = this.venue.put(stream, body);
    this.written(stream, [key], "operator");
    return key;
  }

  /** The same for many; all or, when one has no number, none. */
  putAll(stream: Stream, bodies: readonly Json[]): string[] {
    const keys = this.venue.putAll(stream, bodies);
    this.written(stream, keys, "operator");
    return keys;
  }

  /** A caller of the API creates or replaces a contact. */
  putByApi(contact: JsonObject): string {
    const key = this.venue.putContact(contact);
    this.lastWrites.note(key, "api", this.now());
    if (this.settings.api.echo) this.queue("contacts", [key]);
    else this.stateFile?.changed();
    return key;
  }

  /** Takes from a contact what tells who it is, and queues it. Throws VenueError. */
  anonymise(contactNumber: string): void {
    this.put("contacts", anonymised(this.venue.body("contacts", contactNumber)));
  }

  /** Merges the loser into the head, and queues the head. The loser is notified to nobody. Throws VenueError. */
  merge(head: string, loser: string): { movedOrders: number } {
    const merged = mergeContacts(this.venue, head, loser);
    this.webhooks.contacts.queue.forget(loser);
    this.lastWrites.forget(loser);
    this.written("contacts", [head], "operator");
    return merged;
  }

  noteCall(call: Omit<ApiCall, "id">, refusal: Refusal | null): void {
    this.api.log.add(call, refusal);
    this.stateFile?.changed();
  }

  queue(stream: Stream, keys: Iterable<string>): void {
    for (const key of keys) this.webhooks[stream].queue.add(key);
    this.stateFile?.changed();
  }

  /** A number for a new contact, one that no contact has. */
  newContactNumber(): JsonObject {
    let numbers = this.numbers.contact();
    while (this.venue.contacts.has(numbers.contactNumber)) numbers = this.numbers.contact();
    return { ...numbers, creationDate: s360Instant(this.now()) };
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
    this.api.clear();
    this.lastWrites.clear();
    this.settings = this.startSettings;
    this.random = new Random(this.options.seed ?? 1);
    this.numbers = new Numbers();
    this.fill();
    this.stateFile?.changed();
    this.start();
  }

  async close(): Promise<void> {
    this.stopTimers();
    this.api.stop();
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
      posted: () => {
        if (this.settings.api.countWebhookPosts) this.api.limits.takePost(new Date());
      },
    });
  }

  private fill(): void {
    if (this.options.demo !== true) return;
    const { contacts, orders } = demoVenue(this.random, this.numbers, this.institution);
    this.queue("contacts", this.venue.putAll("contacts", contacts));
    this.queue("orders", this.venue.putAll("orders", orders));
  }

  private written(stream: Stream, keys: string[], by: Writer): void {
    if (stream === "contacts") for (const key of keys) this.lastWrites.note(key, by, this.now());
    this.queue(stream, keys);
  }

  private applySettings(): void {
    for (const stream of streams) this.schedules[stream].every(this.settings[stream].scheduleSeconds);
    this.life.every(this.settings.trickleSeconds);
  }

  private trickle(): void {
    const changed = trickle(this.random, this.numbers, this.venue, this.institution, new Date());
    for (const stream of streams) this.written(stream, changed[stream], "venue");
  }

  private stopTimers(): void {
    for (const stream of streams) this.schedules[stream].stop();
    this.life.stop();
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
      api: this.api.snapshot(this.startSettings.api, this.settings.api),
      writes: this.lastWrites.snapshot(),
    };
  }

  private restore(saved: SavedState): void {
    for (const body of saved.contacts) this.venue.putContact(body);
    for (const body of saved.orders) this.venue.putOrder(body);
    for (const stream of streams) this.webhooks[stream].queue.restore(saved.queues[stream]);
    this.random = new Random(saved.random);
    this.numbers = new Numbers(saved.numbers);
    this.lastWrites.restore(saved.writes);
    if (saved.api !== null)
      this.settings = { ...this.settings, api: this.api.restore(saved.api, this.startSettings.api) };
  }
}
