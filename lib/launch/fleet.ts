import type { Config } from "@/lib/platform/config";
import type { Claim } from "./claim";
import { SupervisedDatabase } from "./database";
import type { Journal } from "./journal";
import { Supervised, type Program } from "./supervised";

/** All processes of one start, and the order in which they stop. */
export class Fleet {
  readonly #journal: Journal;
  readonly #claim: Claim;
  readonly #rows: { product: Supervised[]; simulators: Supervised[] } = { product: [], simulators: [] };
  #database: SupervisedDatabase | null = null;

  constructor(journal: Journal, claim: Claim) {
    this.#journal = journal;
    this.#claim = claim;
  }

  /** The address of the database; changes only when the embedded one had to move to another port. */
  get databaseUrl(): string | undefined {
    return this.#database?.url;
  }

  /** Whether nothing was started. */
  get isEmpty(): boolean {
    return this.#database === null && this.#rows.product.length + this.#rows.simulators.length === 0;
  }

  async startDatabase(config: Config): Promise<string> {
    this.#database = new SupervisedDatabase(config, this.#journal, () => {
      for (const process of this.#rows.product) process.restart();
    });
    return this.#database.start();
  }

  start(row: "product" | "simulators", program: Program): void {
    const supervised = new Supervised(program, this.#journal, (pid) => this.#claim.note(program.name, pid));
    this.#rows[row].push(supervised);
    supervised.start();
  }

  /** Web and workers together, for each may take its time; then simulators, then the database under them. */
  async stop(): Promise<void> {
    await Promise.all(this.#rows.product.map((process) => process.stop()));
    await Promise.all(this.#rows.simulators.map((process) => process.stop()));
    await this.#database?.stop();
  }

  kill(): void {
    for (const process of [...this.#rows.product, ...this.#rows.simulators]) process.kill();
    this.#database?.kill();
  }
}
