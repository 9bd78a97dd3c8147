"use client";

import { Alert } from "../../ui/alert";
import { Problem } from "../../ui/problem";
import { ConflictNotice } from "../draft/conflict-notice";
import { shownName } from "../names";
import { ReplacedNotice } from "../draft/replaced-notice";
import { RestoredNotice } from "../versions/restored-notice";
import { TargetUnknown } from "./target-unknown";
import type { Editor } from "./use-editor";
import type { LivePreview } from "./use-preview";

interface NoticesProps {
  editor: Editor;
  preview: LivePreview;
  targetKnown: boolean;
  /** What the person knows a field as. */
  labelOf: (target: string) => string;
}

/** What the person should know before going on, above the lines. */
export function EditorNotices({ editor, preview, targetKnown, labelOf }: NoticesProps) {
  const { theirs } = editor.state;
  return (
    <>
      {theirs && (
        <ConflictNotice key={theirs.draft.revision} editor={editor} theirs={theirs} labelOf={labelOf} />
      )}
      <ReplacedNotice editor={editor} />
      <RestoredNotice editor={editor} />
      {!targetKnown && <TargetUnknown mappingId={editor.mapping.id} />}
      {preview.error !== null && (
        <Problem error={preview.error} title="The results could not be refreshed" onRetry={preview.retry} />
      )}
      {preview.whole !== null && preview.whole.problems.length > 0 && (
        <Alert tone="warning" title="This mapping cannot be published yet">
          <ul className="slds-list_dotted">
            {preview.whole.problems.map(({ sentence }) => (
              <li key={sentence}>{shownName(sentence)}</li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}
