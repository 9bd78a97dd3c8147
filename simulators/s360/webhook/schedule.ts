import type { Webhook } from "./webhook";

/**
 * Runs a webhook's job every M seconds, the first time at once. A run that is due while another is under way is
 * left out, as a batch scheduler does.
 */
export class Schedule {
  nextRunAt: Date | null = null;
  private timer: NodeJS.Timeout | undefined;
  private everySeconds = 0;

  constructor(
    private readonly webhook: Webhook,
    private readonly failed: (error: unknown) => void,
  ) {}

  /** Starts or changes the rhythm; 0 stops it. Nothing happens when the rhythm is already the one asked for. */
  every(seconds: number): void {
    if (seconds === this.everySeconds) return;
    this.stop();
    this.everySeconds = seconds;
    if (seconds > 0) this.tick();
  }

  stop(): void {
    clearTimeout(this.timer);
    this.everySeconds = 0;
    this.nextRunAt = null;
  }

  private tick(): void {
    const waitMs = this.everySeconds * 1000;
    this.nextRunAt = new Date(Date.now() + waitMs);
    this.timer = setTimeout(() => this.tick(), waitMs);
    if (!this.webhook.busy) this.webhook.run().catch(this.failed);
  }
}
