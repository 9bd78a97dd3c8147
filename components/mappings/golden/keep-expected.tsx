import type { MappingDocument } from "@/lib/core/mapping/document";
import { sameMapping } from "@/lib/core/mapping/difference";
import { standingWords, withoutFailing, type GoldenResult } from "@/lib/core/mapping/golden/golden";
import { Value } from "../../records/value";
import { Alert } from "../../ui/alert";
import { Icon } from "../../ui/icon";
import { RadioGroup } from "../../ui/radio-group";
import type { Editor } from "../editor/use-editor";
import { useFieldText } from "../field-labels";
import { shownName } from "../names";

interface ResultChoice {
  readonly value: "published" | "draft";
  readonly label: string;
  readonly document: MappingDocument;
}

/** Whose result can be expected, what runs first: a draft that somebody is still writing is no promise yet. */
export function resultsOf(
  editor: Pick<Editor, "document" | "unsaved" | "mapping">,
): readonly [ResultChoice, ...ResultChoice[]] {
  const { document, unsaved } = editor;
  const { published, stopped, publishedDocument } = editor.mapping;
  const draft: ResultChoice = {
    value: "draft",
    label: unsaved ? "What your unsaved changes give" : "What the draft gives",
    document,
  };
  if (!published || !publishedDocument || stopped || sameMapping(document, publishedDocument)) return [draft];
  const label = `What version ${published.number} gives, which runs now`;
  return [{ value: "published", label, document: publishedDocument }, draft];
}

interface WhichResultProps {
  editor: Editor;
  results: readonly ResultChoice[];
  value: ResultChoice["value"];
  onChange: (value: ResultChoice["value"]) => void;
}

export function WhichResult({ editor, results, value, onChange }: WhichResultProps) {
  return (
    <div className="slds-m-top_medium">
      {results.length > 1 && (
        <RadioGroup label="Which result is expected" value={value} onChange={onChange} options={results} />
      )}
      {editor.unsaved && value === "draft" && (
        <Alert tone="warning" live title="These are the results of your unsaved changes">
          The sample expects them also when you leave without saving.
        </Alert>
      )}
    </div>
  );
}

/** What would be expected from now on; what fails is said, and is no expectation. */
export function ExpectedResult(result: GoldenResult) {
  const textOf = useFieldText();
  const { standing, fields, open = [] } = withoutFailing(result);
  return (
    <section aria-label="Expected result" className="slds-m-top_medium">
      <h3 className="slds-text-title">Expected from now on</h3>
      {typeof standing === "object" && (
        <Alert tone="error" title="It cannot be told what becomes of this record">
          {standing.held} Correct that first.
        </Alert>
      )}
      {open.length > 0 && (
        <Alert tone="warning" title="Not expected, since it fails">
          <ul>
            {open.map((name) => (
              <li key={name}>
                <Icon name="error" size="xx-small" label="Fails" /> {textOf(name)}: {problemOf(result, name)}
              </li>
            ))}
          </ul>
          The sample takes anything there, until you write what it should get with Edit.
        </Alert>
      )}
      <dl className="golden-values golden-values_short">
        <div>
          <dt>The record</dt>
          <dd>{standingWords(standing)}</dd>
        </div>
        {Object.entries(fields).map(([field, got]) => (
          <div key={field}>
            <dt>{textOf(field)}</dt>
            <dd>{"value" in got && <Value value={got.value} />}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function problemOf({ fields }: GoldenResult, name: string): string {
  const field = fields[name];
  return field && "problem" in field ? shownName(field.problem) : "";
}
