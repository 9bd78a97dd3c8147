/** Does something again and again, the first time after one interval. */
export class Rhythm {
  private timer: NodeJS.Timeout | undefined;
  private everySeconds = 0;

  constructor(private readonly beat: () => void) {}

  /** Starts or changes the rhythm; 0 stops it. Nothing happens when the rhythm is already the one asked for. */
  every(seconds: number): void {
    if (seconds === this.everySeconds) return;
    this.stop();
    this.everySeconds = seconds;
    if (seconds > 0) this.timer = setInterval(this.beat, seconds * 1000);
  }

  stop(): void {
    clearInterval(this.timer);
    this.everySeconds = 0;
  }
}
