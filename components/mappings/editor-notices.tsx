"use client";

import { Alert } from "../ui/alert";
import { Button } from "../ui/button";
import { Problem } from "../ui/problem";
import { ConflictNotice } from "./conflict-notice";
import { shownName } from "./names";
import type { Editor } from "./use-editor";
import { useAskTarget } from "./use-ask-target";
import type { LivePreview } from "./use-preview";

interface NoticesProps {
  editor: Editor;
  preview: LivePreview;
  targetKnown: boolean;
}

/** What the person should know before going on, above the lines. */
export function EditorNotices({ editor, preview, targetKnown }: NoticesProps) {
  const { state, document, save, saving, takeTheirs } = editor;
  const { theirs } = state;
  return (
    <>
      {theirs && (
        <ConflictNotice
          theirs={theirs}
          mine={document}
          busy={saving}
          onTakeTheirs={takeTheirs}
          onKeepMine={() => void save(theirs)}
        />
      )}
      {!targetKnown && <TargetUnknown mappingId={editor.mapping.id} />}
      {preview.error !== null && (
        <Problem error={preview.error} title="The results could not be refreshed" onRetry={preview.retry} />
      )}
      {preview.whole !== null && preview.whole.problems.length > 0 && (
        <Alert tone="warning" title="This mapping cannot be published yet">
          <ul className="slds-list_dotted">
            {preview.whole.problems.map((sentence) => (
              <li key={sentence}>{shownName(sentence)}</li>
            ))}
          </ul>
        </Alert>
      )}
    </>
  );
}

function TargetUnknown({ mappingId }: { mappingId: number }) {
  const ask = useAskTarget(mappingId);
  return (
    <Alert
      tone="info"
      title="Salesforce has not been asked for its fields yet"
      actions={
        <Button icon="refresh" busy={ask.isPending} onClick={() => ask.mutate()}>
          Ask Salesforce now
        </Button>
      }
    >
      That happens with the first record. Until then lines can be edited, but not tried.
      {ask.error && <Problem error={ask.error} title="Salesforce could not be asked" />}
    </Alert>
  );
}
