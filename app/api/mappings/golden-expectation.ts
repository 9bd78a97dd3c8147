import type { MappingTarget } from "@/lib/core/mapping/evaluation";
import type { GoldenResult } from "@/lib/core/mapping/golden/golden";
import { withEdits, type GoldenEdits } from "@/lib/core/mapping/golden/golden-edit";
import type { GoldenSample } from "@/lib/mappings/golden-contract";
import type { GoldenRun } from "@/lib/mappings/golden";
import { Problem } from "@/lib/platform/problem";

interface Editing {
  readonly kept: GoldenSample;
  readonly run: GoldenRun & { readonly target: MappingTarget };
  readonly got: GoldenResult;
  readonly edits: GoldenEdits;
}

/** What a sample is to get as a person wrote it. @throws Problem 400 for a value that its field cannot hold */
export function editedExpectation({ kept, run, got, edits }: Editing) {
  const edited = withEdits({
    fields: run.target.describe.fields,
    timeZone: run.context.timeZone,
    source: kept.source,
    expected: kept.expected,
    got,
    edits,
  });
  if (edited.ok) return edited;
  const problems = [{ path: edited.field, message: edited.sentence }];
  throw new Problem(400, "invalid-request", edited.sentence, { problems });
}
