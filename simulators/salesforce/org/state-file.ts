import { existsSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import type { Org } from "./org";
import type { OrgHolder } from "./org-holder";
import type { OrgShape } from "../model/schema";
import type { Row } from "../model/types";
import { compileRule, type StoredRule } from "../write/validations/compile-rule";

interface SavedState {
  format: 1;
  seed: number;
  shape: OrgShape;
  idCounters: Record<string, number>;
  rows: Record<string, Row[]>;
  validationRules: StoredRule[];
}

const SAVE_DELAY_MS = 1000;

/** Keeps the org in a JSON file, so that a restart of the demo does not lose it. */
export class StateFile {
  private timer: NodeJS.Timeout | undefined;

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
    const saved = parse(readFileSync(this.path, "utf8"), this.path);
    const { options } = this.holder.org;
    restore(this.holder.replace({ ...options, seed: saved.seed, shape: saved.shape }), saved);
  }

  /** Saves a second after the last change. */
  watch(): void {
    this.holder.onChange = () => {
      this.timer ??= setTimeout(() => this.saveOrComplain(), SAVE_DELAY_MS).unref();
    };
  }

  private saveOrComplain(): void {
    try {
      this.save();
    } catch (error) {
      console.error(`The simulated Salesforce org could not save its state to ${this.path}:`, error);
    }
  }

  /** Saves now; a half-written file never takes the place of a whole one. */
  save(): void {
    clearTimeout(this.timer);
    this.timer = undefined;
    const temporary = `${this.path}.new`;
    writeFileSync(temporary, JSON.stringify(snapshot(this.holder.org)), { mode: 0o600 });
    renameSync(temporary, this.path);
  }
}

function snapshot(org: Org): SavedState {
  return {
    format: 1,
    seed: org.options.seed,
    shape: org.shape,
    idCounters: org.ids.state(),
    rows: Object.fromEntries(
      org.schema.objects.map((object) => [object.name, [...org.store.table(object).all()]]),
    ),
    validationRules: org.validationRules.map(({ id, object, formula, message, errorField }) => ({
      id,
      object,
      formula,
      message,
      errorField,
    })),
  };
}

function parse(text: string, path: string): SavedState {
  let saved: Partial<SavedState> | null = null;
  try {
    saved = JSON.parse(text) as Partial<SavedState> | null;
  } catch (error) {
    if (!(error instanceof SyntaxError)) throw error;
  }
  if (saved?.format !== 1 || !saved.shape || !saved.rows || !saved.idCounters || saved.seed === undefined) {
    throw new Error(`${path} does not hold the state of a simulated Salesforce org.`);
  }
  return { ...(saved as SavedState), validationRules: saved.validationRules ?? [] };
}

function restore(org: Org, saved: SavedState): void {
  for (const object of org.schema.objects) {
    for (const row of saved.rows[object.name] ?? []) org.store.put(object, row);
  }
  org.store.commit();
  org.ids.restore(saved.idCounters);
  org.validationRules = saved.validationRules.map((rule) => compileRule(org.schema, rule));
}
