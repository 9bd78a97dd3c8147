/** A claim that is renewed for as long as it is held. */

const renewMs = 20_000;

export class HeldClaim<Thing> {
  private readonly timer: NodeJS.Timeout;
  private renewing: Promise<unknown> = Promise.resolve();

  constructor(
    private thing: Thing,
    private readonly renewIt: (thing: Thing) => Promise<Thing>,
    onTrouble: (error: unknown) => void,
  ) {
    this.timer = setInterval(() => void this.renew().catch(onTrouble), renewMs);
  }

  /** One after the other: each goes by what the one before it has stored. Throws what renewing throws. */
  renew(): Promise<void> {
    const mine = this.renewing.then(async () => {
      this.thing = await this.renewIt(this.thing);
    });
    this.renewing = mine.catch(() => undefined);
    return mine;
  }

  /** It is renewed no more; gives it as it stands. */
  async end(): Promise<Thing> {
    clearInterval(this.timer);
    await this.renewing;
    return this.thing;
  }
}
