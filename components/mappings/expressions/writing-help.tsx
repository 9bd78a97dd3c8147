import { exampleOfFunction, examplesOf, filterExamplesOf, type Example } from "./examples";
import type { EditorSource } from "../source/source";

/** A function of ours, as lib/core/mapping/functions/functions.ts describes it. */
export interface FunctionHelp {
  readonly usage: string;
  readonly summary: string;
}

/** How lines are written, with values that this venue really has. */
export function WritingHelp({
  source,
  functions,
}: {
  source: EditorSource;
  functions: readonly FunctionHelp[];
}) {
  return (
    <div className="writing-help">
      <Examples examples={examplesOf(source)} />
      <h3 className="slds-text-title_bold">Which records take part</h3>
      <Examples examples={filterExamplesOf(source)} />
      <h3 className="slds-text-title_bold">Functions for expressions</h3>
      <dl>
        {functions.map(({ usage, summary }) => {
          const example = exampleOfFunction(/\w+/.exec(usage)?.[0] ?? "", source);
          return (
            <div key={usage}>
              <dt>
                <code>{usage}</code>
              </dt>
              <dd>
                {summary}
                {example !== null && (
                  <>
                    {" "}
                    For example <code>{example}</code>
                  </>
                )}
              </dd>
            </div>
          );
        })}
      </dl>
    </div>
  );
}

function Examples({ examples }: { examples: readonly Example[] }) {
  return (
    <dl>
      {examples.map(({ text, means }) => (
        <div key={text}>
          <dt>
            <code>{text}</code>
          </dt>
          <dd>{means}</dd>
        </div>
      ))}
    </dl>
  );
}
