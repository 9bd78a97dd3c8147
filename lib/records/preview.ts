/** What the published mappings make of a record now, beside what both sides last agreed on. Asks the org nothing. */
import { sql } from "drizzle-orm";
import { changedInSalesforce, type Agreed, type HeldRow } from "@/lib/core/agreement";
import { anonymousName } from "@/lib/core/anonymised";
import { decide } from "@/lib/core/decide";
import { blanksOf } from "@/lib/core/mapping/blanks";
import { compileMapping } from "@/lib/core/mapping/compile";
import { evaluateMapping, takesPart } from "@/lib/core/mapping/evaluate";
import { fieldsBackOf } from "@/lib/core/mapping/back/inverse";
import type {
  CompiledMapping,
  Evaluation,
  EvaluationContext,
  LineProblem,
} from "@/lib/core/mapping/evaluation";
import { saleStanding } from "@/lib/core/mapping/sales/sales";
import { resolveName, type PublishedMapping, type PublishedMappings } from "@/lib/core/mapping/published";
import { chooseRecordType } from "@/lib/core/record-type";
import { sameValue } from "@/lib/core/canonical";
import type {
  CanonicalFields,
  CanonicalValue,
  FieldDescribe,
  ObjectDescribe,
  OrgFacts,
} from "@/lib/core/side";
import type { Family, Kind } from "@/lib/core/words";
import type { Queryable } from "@/lib/platform/db";
import type { FieldComparison, MappingPreview } from "./contract";
import { anonymisedBy, anonymisedColumns, type AnonymisedRow } from "./anonymised";
import { pointReferences } from "./references";

export interface PreviewInput {
  readonly recordId: number;
  readonly published: PublishedMappings;
  readonly timeZone: string;
  readonly recordTypes: { readonly person?: string; readonly business?: string };
  /** Which sections S-360 was told to send. */
  readonly selected: EvaluationContext["selected"];
}

interface SourceRow extends Record<string, unknown>, AnonymisedRow {
  connection_id: string;
  family: Family;
  kind: Kind | null;
  s360_state: Record<string, unknown> | null;
  parent_state: Record<string, unknown> | null;
  org: OrgFacts | null;
  links: KnownLink[] | null;
  merged_in_s360: boolean;
}

interface KnownLink extends Agreed {
  readonly mappingId: number;
  readonly held: HeldRow | null;
  readonly head: boolean;
}

/** One comparison per published mapping of the record's kind; none for what is not written or not known yet. */
export async function previewRecord(db: Queryable, input: PreviewInput): Promise<MappingPreview[]> {
  const rows = await db.execute<SourceRow>(sql`
    select r.connection_id, r.family, r.kind, r.s360_state, p.s360_state as parent_state, c.org, ${anonymisedColumns},
      (select jsonb_agg(jsonb_build_object('mappingId', l.mapping_id, 'base', l.base, 'stored', l.stored, 'traces', l.traces,
        'held', l.held, 'head', l.head)) from link l where l.record_id = r.id) as links,
      exists (select from merged_contact m where m.record_id = r.id) as merged_in_s360
    from record r
    join connection c on c.id = r.connection_id
    left join record p on p.id = r.parent_id
    where r.id = ${input.recordId}`);
  const row = rows.rows[0];
  if (!row?.kind || !row.s360_state) return [];
  const mappings = input.published.mappings.filter(({ kind }) => kind === row.kind);
  const describes = await readDescribes(db, Number(row.connection_id));
  return Promise.all(mappings.map((mapping) => previewMapping(db, mapping, { row, describes, input })));
}

/** As last told by the org, however long ago: a page must not depend on the org's answer. */
async function readDescribes(db: Queryable, connectionId: number): Promise<Map<string, ObjectDescribe>> {
  const rows = await db.execute<{ object: string; describe: ObjectDescribe }>(sql`
    select object, describe from org_object where connection_id = ${connectionId}`);
  return new Map(rows.rows.map(({ object, describe }) => [object, describe]));
}

interface Known {
  readonly row: SourceRow;
  readonly describes: ReadonlyMap<string, ObjectDescribe>;
  readonly input: PreviewInput;
}

const onlyHead = "Only the number that it was merged into is written: compare it there.";

async function previewMapping(
  db: Queryable,
  mapping: PublishedMapping,
  { row, describes, input }: Known,
): Promise<MappingPreview> {
  const object = resolveName(mapping.document.object, row.org?.prefix ?? "");
  const describe = describes.get(object);
  const link = row.links?.find(({ mappingId }) => mappingId === mapping.mappingId) ?? null;
  const merged = link?.head === false || row.merged_in_s360;
  const head = {
    mappingId: mapping.mappingId,
    mappingName: mapping.name,
    object,
    linked: link !== null,
    merged,
    apart: null,
  };
  if (merged) {
    const where = row.merged_in_s360 ? "S-360" : "Salesforce";
    const obstacle = `This record was merged in ${where}. ${onlyHead}`;
    return { ...head, objectLabel: describe?.label ?? object, obstacle, fields: [] };
  }
  if (!row.org || !describe) {
    const obstacle = `Salesforce has not told us yet which fields ${object} has. This is asked before the first write; look again then.`;
    return { ...head, objectLabel: object, obstacle, fields: [] };
  }
  const recordTypeId = chooseRecordType(row.org, object, mapping.document.recordType, input.recordTypes);
  const compiled = compileMapping(mapping.document, { prefix: row.org.prefix, describe, recordTypeId });
  const source =
    row.family === "operation"
      ? { operation: row.s360_state, order: row.parent_state ?? {} }
      : row.s360_state;
  const anonymised = anonymisedBy(row);
  if (anonymised && link) {
    const left = { key: null, marksOnly: true, problems: [] };
    const fields = blanksOf(compiled, anonymousName(anonymised.marks));
    const compared = compareFields({ ...compiled, problems: [] }, { ...left, fields }, describe, link);
    return { ...head, objectLabel: describe.label, obstacle: null, apart: null, fields: compared };
  }
  const { timeZone, selected, published } = input;
  const context = { valueMaps: published.valueMaps, timeZone, selected };
  const evaluation = await evaluateMapping(compiled, source, context);
  const pointed = await pointReferences(db, evaluation.fields, {
    connectionId: Number(row.connection_id),
    published: input.published,
    prefix: row.org.prefix,
  });
  const fields = compareFields(compiled, { ...evaluation, fields: pointed }, describe, link);
  const apart = await whyApart(compiled, source, context);
  return { ...head, objectLabel: describe.label, obstacle: null, apart, fields };
}

/** By its filter or its sales rules a mapping leaves records alone. What cannot be told is shown as the record's fault. */
async function whyApart(
  compiled: CompiledMapping,
  source: unknown,
  context: EvaluationContext,
): Promise<string | null> {
  const standing = saleStanding(compiled.sales?.rules, source);
  if (standing.action === "ignore")
    return `By sales rule ${standing.rule + 1} of the mapping this order is ignored: it is neither created nor changed in Salesforce.`;
  if (standing.action === "mark")
    return `By the sales rules of the mapping this sale is only marked “${standing.mark}”: nothing else of it is written, and what Salesforce does not have is not created.`;
  try {
    if (await takesPart(compiled, source, context)) return null;
    return "By the mapping's filter this record takes no part: it is neither created nor changed in Salesforce.";
  } catch {
    return null;
  }
}

/** In the order of the mapping's lines; then what was agreed on earlier through lines that are gone. */
function compareFields(
  compiled: CompiledMapping,
  evaluation: Evaluation,
  describe: ObjectDescribe,
  link: KnownLink | null,
): FieldComparison[] {
  const base = link?.base ?? null;
  const back = new Set(fieldsBackOf(compiled).map(({ target }) => target));
  const byName = new Map(describe.fields.map((field) => [field.name, field]));
  const decision = decide({
    fields: evaluation.fields,
    describe: byName,
    keyField: compiled.keyField,
    held: base,
  });
  const problems = [...compiled.problems, ...evaluation.problems];
  const lines = compiled.document.lines.map((line, index): FieldComparison => {
    const ready = compiled.lines.find((candidate) => candidate.index === index);
    const field = ready?.target ?? line.target;
    const value = evaluation.fields.find((candidate) => candidate.lineIndex === index);
    const there = thereNow(link, ready?.field, back);
    const differs = value !== undefined && (field in decision.fields || changed(base, value, byName));
    const agreed = value ? value.value : base?.[field];
    return {
      field,
      label: ready?.field.label ?? field,
      now: tell(value, problems, index),
      base: base?.[field],
      differs,
      keptThere: !differs && !there.changedThere && isOther(agreed, there.held, ready?.field),
      when: ready?.when ?? line.when,
      ...there,
    };
  });
  const listed = new Set(lines.map(({ field }) => field));
  const former = Object.entries(base ?? {}).flatMap(([field, value]): FieldComparison[] =>
    listed.has(field)
      ? []
      : [
          {
            field,
            label: byName.get(field)?.label ?? field,
            now: tell(
              evaluation.fields.find((candidate) => candidate.target === field),
              problems,
              -1,
            ),
            base: value,
            differs: false,
            keptThere: false,
            when: compiled.recordTypeId !== null && field === "RecordTypeId" ? "create" : null,
            ...thereNow(null, undefined, back),
          },
        ],
  );
  return [...lines, ...former];
}

/** What Salesforce has told of a field that goes both ways. */
function thereNow(
  link: KnownLink | null,
  field: FieldDescribe | undefined,
  back: ReadonlySet<string>,
): Pick<FieldComparison, "twoWay" | "held" | "changedThere"> {
  const twoWay = field !== undefined && back.has(field.name);
  const held = link?.held?.fields;
  if (!field || !twoWay || !link) return { twoWay, held: undefined, changedThere: false };
  // Known from an answer of S-360 to what was sent, also where the feed has not told the field (again).
  if (!held || !Object.hasOwn(held, field.name)) {
    return { twoWay, held: link.stored[field.name], changedThere: false };
  }
  const value = held[field.name] ?? null;
  return { twoWay, held: value, changedThere: changedInSalesforce(link, value, field) };
}

function isOther(
  s360: CanonicalValue | undefined,
  salesforce: CanonicalValue | undefined,
  field: FieldDescribe | undefined,
): boolean {
  return (
    s360 !== undefined &&
    salesforce !== undefined &&
    field !== undefined &&
    !sameValue(s360, salesforce, field)
  );
}

function tell(
  value: Evaluation["fields"][number] | undefined,
  problems: readonly LineProblem[],
  index: number,
): FieldComparison["now"] {
  if (value) return { told: "value", value: value.value };
  const problem = problems.find(({ lineIndex }) => lineIndex === index && index >= 0);
  return problem ? { told: "problem", sentence: problem.fault.sentence } : { told: "silent" };
}

/** Also what is not written again, such as a field for new records only. */
function changed(
  base: CanonicalFields | null,
  { target, value }: Evaluation["fields"][number],
  describe: ReadonlyMap<string, FieldDescribe>,
): boolean {
  const field = describe.get(target);
  const held = base?.[target];
  return held !== undefined && field !== undefined && !sameValue(held, value, field);
}
