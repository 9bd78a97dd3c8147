"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { FilterCount } from "@/lib/mappings/contract";
import type { GoldenCheck } from "@/lib/mappings/golden-contract";
import { Alert } from "../../ui/alert";
import { useToast } from "../../ui/toast";
import { GoldenGate } from "../golden/golden-gate";
import { areAccepted, failedOf, goldenKey, seenOf, useGoldenChecks } from "../golden/queries";
import { MeanwhileNotice } from "./meanwhile-notice";
import { shownName } from "../names";
import { PublishDialog } from "./publish-dialog";
import { draftQuery, mappingQuery, publishDraft } from "../queries";
import { publishedTitle, releasedSentence } from "../versions/restore-dialog";
import { PublishComparison } from "../comparison/publish-comparison";
import { isDoubtful, wordsOfPart } from "../editor/filter-words";
import { savedDraftOf, type Editor } from "../editor/use-editor";

interface PublishDraftDialogProps {
  editor: Editor;
  problems: readonly string[];
  /** Worth a look before, and not in the way. */
  doubts: readonly string[];
  /** Of the latest records; null without a filter. */
  part: FilterCount | null;
  onClose: () => void;
}

/** Publishes what is typed: unsaved changes are saved first. */
export function PublishDraftDialog({ editor, problems, doubts, part, onClose }: PublishDraftDialogProps) {
  const { mapping, state, dispatch, document, unsaved, save, reload } = editor;
  const toast = useToast();
  const client = useQueryClient();
  const [accepted, setAccepted] = useState<readonly GoldenCheck[]>([]);
  const checked = useGoldenChecks(mapping.id, document);
  const failed = failedOf(checked);
  const allAccepted = areAccepted(failed, accepted);
  const published = mapping.published;
  const [opened] = useState(published);
  // A colleague may publish while this is open.
  useQuery({ ...mappingQuery(mapping.id), staleTime: 0, refetchInterval: 10_000 });
  // Or may have saved since it was last looked at.
  useQuery(draftQuery(mapping.id));
  const publish = useMutation({
    mutationFn: async (comment: string) => {
      const revision = unsaved ? await save() : state.saved.draft.revision;
      return revision === null
        ? null
        : publishDraft(mapping.id, {
            revision,
            comment,
            over: published?.id ?? null,
            accept: seenOf(accepted),
          });
    },
    onSuccess: async (result) => {
      // Somebody else saved: the dialog stays and says so.
      if (!result)
        return client.invalidateQueries({ queryKey: mappingQuery(mapping.id).queryKey, exact: true });
      toast.success(publishedTitle(result), releasedSentence(result));
      await reload();
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mapping.id) }),
    onError: () => client.invalidateQueries({ queryKey: mappingQuery(mapping.id).queryKey, exact: true }),
  });
  const { publishedDocument } = mapping;
  const isOther = mapping.draft.revision > state.saved.draft.revision;
  const close = () => {
    if (isOther) dispatch({ type: "overtaken", theirs: savedDraftOf(mapping), isRefusal: true });
    onClose();
  };
  return (
    <PublishDialog
      open
      onOpenChange={close}
      title="Publish this mapping"
      description="It runs from the next record on. Records that were held are tried again; all others change with their next event, or when you re-process them."
      confirmLabel={unsaved ? "Save and publish" : "Publish"}
      published={published && publishedDocument && { number: published.number, document: publishedDocument }}
      next={{ name: "Draft", document }}
      problems={problems}
      gate={
        <>
          <Doubts sentences={doubts} />
          <MeanwhileNotice
            opened={opened}
            published={published}
            otherDraft={isOther ? mapping.draft : null}
          />
          <GoldenGate
            failed={failed}
            notCompared={checked?.notCompared ?? null}
            accepted={allAccepted}
            onAccept={() => setAccepted(failed)}
          />
        </>
      }
      gateOpen={allAccepted && !isOther}
      effect={
        <>
          {part && !isDoubtful(part) && <p>By the filter {wordsOfPart(part) ?? "no record is known yet"}.</p>}
          <PublishComparison editor={editor} />
        </>
      }
      onPublish={(comment) => publish.mutate(comment)}
      busy={publish.isPending}
      error={isOther ? null : publish.error}
    />
  );
}

const mostDoubts = 20;

function Doubts({ sentences }: { sentences: readonly string[] }) {
  if (sentences.length === 0) return null;
  const rest = sentences.length - mostDoubts;
  return (
    <Alert tone="warning" title="Worth a look before you publish">
      <ul className="slds-list_dotted">
        {sentences.slice(0, mostDoubts).map((sentence, index) => (
          <li key={index}>{shownName(sentence)}</li>
        ))}
        {rest > 0 && <li>{rest} more: each stands at its line.</li>}
      </ul>
    </Alert>
  );
}
