/**
 * Writes rows and settles each of them: ordered by rank, 200 to a group, five groups to a Composite call. What fails as
 * a whole because of one row is halved until that row is alone (design §7).
 */
import { randomUUID } from "node:crypto";
import { z } from "zod";
import { FaultError, type Fault } from "@/lib/core/faults";
import type { StillOurs, WriteAnswer, WriteRow } from "@/lib/core/side";
import { CallRefused, CallTimedOut } from "./call-failure";
import type { SalesforceClient, Subanswer, Subrequest } from "./client";
import type { ReadSchema } from "./describe";
import {
  MOST_SINGLES,
  SINGLES_PER_CALL,
  singleOutcome,
  toSingle,
  type RefusedDuplicate,
} from "./duplicate-rows";
import { answerFault, isGovernorLimit, rowFault } from "./faults";
import { judgeGroup } from "./group-failure";
import { missingField, missingObject, planObjects } from "./object-plan";
import { RowsLost, throwIfLost } from "./rows-lost";
import type { SchemaCache } from "./schema-cache";
import type { WorkingSize } from "./working-size";
import {
  groupRows,
  halveBatch,
  halveGroup,
  packGroups,
  planRow,
  rowsOf,
  toSubrequest,
  type Batch,
  type Group,
  type PlannedRow,
} from "./write-groups";
import { createLedger, type Ledger } from "./write-ledger";
import { orgErrors, rowAnswerSchema, type OrgError } from "./wire";

export interface WriteDeps {
  readonly client: SalesforceClient;
  readonly readSchema: ReadSchema;
  readonly cache: SchemaCache;
  readonly size: WorkingSize;
  /** Rows are written though a duplicate rule alerts. */
  readonly passAlerts: boolean;
  /** Absent: they all are. */
  readonly stillOurs?: StillOurs;
}

/** Splits per write, each worth two calls at most, to find the rows that spoil a group; the rest waits for its next turn. */
const MAX_SPLITS = 30;

const rowAnswersSchema = z.array(rowAnswerSchema);

/** Every row comes back exactly once, or as lost. Throws FaultError only when nothing is known of any row. */
export async function writeRows(deps: WriteDeps, rows: readonly WriteRow[]): Promise<WriteAnswer> {
  if (rows.length === 0) return { results: [], calls: [] };
  const ledger = createLedger(rows);
  const planned = await planRows(deps, rows, ledger);
  const run = new WriteRun(deps, ledger);
  await run.write(planned);
  for (const object of ledger.contradicted) await deps.cache.forgetObject(object);
  return { results: ledger.results(), calls: run.calls, lost: ledger.lost() };
}

/** Rows that cannot be sent at all are settled here. */
async function planRows(
  deps: WriteDeps,
  rows: readonly WriteRow[],
  ledger: Ledger,
): Promise<readonly PlannedRow[]> {
  const uses = rows.map(({ object, fields }) => ({ object, fields: Object.keys(fields) }));
  const plans = await planObjects(deps.readSchema, uses);
  return rows.flatMap((row) => {
    const plan = plans.get(row.object);
    const unknown = plan && Object.keys(row.fields).find((name) => !plan.fields.has(name));
    if (plan && !unknown) return [planRow(row, plan, deps.passAlerts)];
    const { fault } = plan && unknown ? missingField(plan.describe, unknown) : missingObject(row.object);
    ledger.fail(row, { fault });
    return [];
  });
}

class WriteRun {
  readonly calls: WriteAnswer["calls"][number][] = [];
  private queue: Batch[] = [];
  private splits = 0;
  private readonly written = new Set<string>();
  /** Objects of which not even single rows are taken and none was written: splitting their groups only costs calls. */
  private readonly ill = new Set<string>();
  /** Refused by a duplicate rule that has not said yet what it found. */
  private duplicates: RefusedDuplicate[] = [];
  private singles = 0;

  constructor(
    private readonly deps: WriteDeps,
    private readonly ledger: Ledger,
  ) {}

  async write(planned: readonly PlannedRow[]): Promise<void> {
    this.queue = [...packGroups(groupRows(planned), this.deps.size)];
    for (let batch = await this.next(); batch; batch = await this.next()) {
      let answers: ReadonlyMap<string, Subanswer>;
      try {
        answers = await this.send(batch);
      } catch (error) {
        if (this.lose(batch, error) || this.split(batch, error)) continue;
        for (const { planned: one, refused } of this.duplicates.splice(0)) this.ledger.fail(one.row, refused);
        if (this.ledger.isEmpty()) throw error;
        this.ledger.failRest(faultOf(error));
        return;
      }
      this.settle(batch, answers);
    }
  }

  /** The next call, cut to the sizes now in force; rows that wait for others of this write come last. */
  private async next(): Promise<Batch | undefined> {
    if (this.queue.length === 0) {
      await this.nameDuplicates();
      this.queue = [...packGroups(groupRows(this.ledger.takeDeferred()), this.deps.size)];
    }
    const [first, ...rest] = packGroups(this.queue.shift() ?? [], this.deps.size);
    this.queue.unshift(...rest);
    return first;
  }

  /** What duplicate rules refused is settled, as far as the limit goes with the names of what it looks like. */
  private async nameDuplicates(): Promise<void> {
    while (this.duplicates.length > 0) {
      const some = this.duplicates.splice(0, SINGLES_PER_CALL);
      const answers = this.singles < MOST_SINGLES ? await this.sendSingly(some) : undefined;
      if (answers === "lost") continue;
      for (const [index, refusal] of some.entries()) {
        const { planned } = refusal;
        const outcome = singleOutcome(refusal, answers?.get(`s${index}`));
        if (outcome.ok) this.succeed(planned, outcome.id, outcome.created);
        else this.ledger.fail(planned.row, outcome.refused, outcome.duplicates);
      }
    }
  }

  /**
   * Nothing where the org could not be asked: what it refuses is known already, only not why. `lost`: some are not ours any
   * more, and the others are still to be sent.
   */
  private async sendSingly(
    some: readonly RefusedDuplicate[],
  ): Promise<ReadonlyMap<string, Subanswer> | "lost" | undefined> {
    const rows = some.map(({ planned }) => planned);
    try {
      const answers = await this.call(some.map(toSingle), rowIdsOf(rows));
      this.singles += some.length;
      return answers;
    } catch (error) {
      if (error instanceof RowsLost) {
        const left = new Set(this.without(rows, error));
        this.duplicates.unshift(...some.filter(({ planned }) => left.has(planned)));
        return "lost";
      }
      if (!(error instanceof FaultError)) throw error;
      this.singles = MOST_SINGLES;
      return undefined;
    }
  }

  /** Nothing is sent while one of the rows is not ours. @throws RowsLost */
  private async call(
    subrequests: readonly Subrequest[],
    rowIds: readonly string[],
  ): Promise<ReadonlyMap<string, Subanswer>> {
    const { client, stillOurs } = this.deps;
    this.calls.push({ callId: randomUUID(), rowIds });
    try {
      return await client.composite(subrequests, stillOurs && (() => throwIfLost(stillOurs, rowIds)));
    } catch (error) {
      if (error instanceof RowsLost) this.calls.pop();
      throw error;
    }
  }

  private async send(batch: Batch): Promise<ReadonlyMap<string, Subanswer>> {
    try {
      return await this.call(batch.map(toSubrequest), rowIdsOf(rowsOf(batch)));
    } catch (error) {
      if (!(error instanceof CallTimedOut) || rowsOf(batch).length === 1) throw error;
      this.deps.size.tooSlow(batch.map(({ object }) => object));
      throw new FaultError({ ...error.fault, code: "org_busy" }, { cause: error });
    }
  }

  /** Whether a call was not sent because others have some of its rows by now: it is to be sent without them. */
  private lose(batch: Batch, error: unknown): boolean {
    if (!(error instanceof RowsLost)) return false;
    const left = batch.map((group) => ({ ...group, rows: this.without(group.rows, error) }));
    const groups = left.filter(({ rows }) => rows.length > 0);
    if (groups.length > 0) this.queue.unshift(groups);
    return true;
  }

  private without(rows: readonly PlannedRow[], { rowIds }: RowsLost): PlannedRow[] {
    return rows.filter(({ row }) => {
      if (rowIds.has(row.rowId)) this.ledger.lose(row);
      return !rowIds.has(row.rowId);
    });
  }

  /** Whether the failure of a whole call was dealt with: the org could not read something that one row holds. */
  private split(batch: Batch, error: unknown): boolean {
    if (!(error instanceof CallRefused) || !error.contentAtFault) return false;
    const rows = rowsOf(batch);
    const [only] = rows;
    if (rows.length === 1 && only) this.ledger.fail(only.row, { fault: unreadable(error.fault) });
    else if (!this.mayStillSplit()) return false;
    else this.queue.unshift(...halveBatch(batch));
    return true;
  }

  private settle(batch: Batch, answers: ReadonlyMap<string, Subanswer>): void {
    const again: Group[] = [];
    let clean = true;
    for (const [index, group] of batch.entries()) {
      const answer = answers.get(`g${index}`);
      const whole = answer !== undefined && answer.status >= 200 && answer.status < 300;
      const left = whole ? this.settleRows(group, answer) : this.groupFailed(group, answer);
      again.push(...left);
      clean &&= left.length === 0;
    }
    if (clean) this.deps.size.wentWell();
    if (again.length === 0) return;
    if (this.mayStillSplit()) this.queue.unshift(...packGroups(again, this.deps.size));
    else for (const { row } of rowsOf(again)) this.ledger.fail(row, { fault: gaveUpSplitting });
  }

  /** The rows to be sent again, fewer at a time: those the org's automation had no room for. */
  private settleRows(group: Group, answer: Subanswer): readonly Group[] {
    const parsed = rowAnswersSchema.safeParse(answer.body);
    if (!parsed.success || parsed.data.length !== group.rows.length) {
      return this.failAll(group, answerFault({ status: answer.status, body: null }));
    }
    const limited: PlannedRow[] = [];
    for (const [index, planned] of group.rows.entries()) {
      const row = parsed.data[index];
      if (row?.success) this.succeed(planned, row.id, row.created ?? false);
      else if (group.rows.length > 1 && row?.errors.some(isGovernorLimit)) limited.push(planned);
      else this.refuse(planned, row?.errors[0] ?? noReason, planned.row.id);
    }
    if (limited.length === 0) return [];
    this.deps.size.tooManyRows(group.object, group.rows.length);
    return halveGroup({ ...group, rows: limited });
  }

  /** The groups to be sent instead of one that failed as a whole. */
  private groupFailed(group: Group, answer: Subanswer | undefined): readonly Group[] {
    const [error] = orgErrors(answer?.body);
    if (error && isGovernorLimit(error)) this.deps.size.tooManyRows(group.object, group.rows.length);
    const { guilty, again, unexplained } = judgeGroup(group, error);
    if (unexplained && again.length === 0 && !this.written.has(group.object)) this.ill.add(group.object);
    if (unexplained && again.length > 0 && this.ill.has(group.object)) {
      return this.failAll(group, gaveUpSplitting);
    }
    for (const planned of guilty) {
      if (error) this.refuse(planned, error);
      else this.ledger.fail(planned.row, { fault: answerFault(answer) });
    }
    return again;
  }

  private failAll(group: Group, fault: Fault): readonly Group[] {
    for (const { row } of group.rows) this.ledger.fail(row, { fault });
    return [];
  }

  private succeed({ row }: PlannedRow, id: string, created: boolean): void {
    this.written.add(row.object);
    this.ledger.succeed(row, id, created);
  }

  /** `id` is set where the error is about this one record and not about its group. */
  private refuse(planned: PlannedRow, error: OrgError, id: string | null = null): void {
    const { row, plan, references } = planned;
    const refused = rowFault(error, { describe: plan.describe, id, references });
    if (refused.fault.code === "duplicate_rule") this.duplicates.push({ planned, refused });
    else if (!this.ledger.defer(planned, refused)) this.ledger.fail(row, refused);
  }

  private mayStillSplit(): boolean {
    this.splits += 1;
    return this.splits <= MAX_SPLITS;
  }
}

function rowIdsOf(rows: readonly PlannedRow[]): string[] {
  return rows.map(({ row }) => row.rowId);
}

const noReason: OrgError = { code: "UNKNOWN", message: "", fields: [] };

const gaveUpSplitting: Fault = {
  code: "org_busy",
  sentence: "Salesforce failed on a group of records that this one was in. It will be tried again by itself.",
};

function unreadable(fault: Fault): Fault {
  return {
    ...fault,
    code: "invalid_value",
    sentence: `A value of this record cannot be read by Salesforce. ${fault.origin?.message ?? ""}`.trim(),
  };
}

function faultOf(error: unknown): Fault {
  if (error instanceof FaultError) return error.fault;
  return {
    code: "internal",
    sentence: "The connector stopped before it came to this record. It will be tried again by itself.",
    origin: { code: error instanceof Error ? error.name : "unknown", message: "" },
  };
}
