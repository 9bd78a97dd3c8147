"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { GoldenCheck } from "@/lib/mappings/contract";
import { useToast } from "../ui/toast";
import { GoldenGate } from "./golden/golden-gate";
import { goldenKey, useGoldenChecks } from "./golden/queries";
import { MeanwhileNotice } from "./meanwhile-notice";
import { PublishDialog } from "./publish-dialog";
import { mappingQuery, publishDraft } from "./queries";
import { publishedTitle, releasedSentence } from "./restore-dialog";
import { PublishShadow } from "./shadow/publish-shadow";
import type { Editor } from "./use-editor";

interface PublishDraftDialogProps {
  editor: Editor;
  problems: readonly string[];
  onClose: () => void;
}

/** Publishes what is typed: unsaved changes are saved first. */
export function PublishDraftDialog({ editor, problems, onClose }: PublishDraftDialogProps) {
  const { mapping, state, dispatch, document, unsaved, save, reload } = editor;
  const toast = useToast();
  const client = useQueryClient();
  const [accepted, setAccepted] = useState<readonly GoldenCheck[]>([]);
  const failed = (useGoldenChecks(mapping.id, document) ?? []).filter(
    ({ sentences }) => sentences.length > 0,
  );
  const allAccepted = failed.every((check) =>
    accepted.some(({ id, revision }) => id === check.id && revision === check.revision),
  );
  const published = mapping.published;
  const [opened] = useState(published);
  // A colleague may publish while this is open.
  useQuery({ ...mappingQuery(mapping.id), staleTime: 0, refetchInterval: 10_000 });
  const publish = useMutation({
    mutationFn: async (comment: string) => {
      const revision = unsaved ? await save() : state.saved.draft.revision;
      return revision === null
        ? null
        : publishDraft(mapping.id, {
            revision,
            comment,
            over: published?.id ?? null,
            accept: accepted.map(({ id, revision: seen }) => ({ id, revision: seen })),
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
    if (isOther)
      dispatch({ type: "refused", theirs: { draft: mapping.draft, document: mapping.draftDocument } });
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
          <MeanwhileNotice
            opened={opened}
            published={published}
            otherDraft={isOther ? mapping.draft : null}
          />
          <GoldenGate failed={failed} accepted={allAccepted} onAccept={() => setAccepted(failed)} />
        </>
      }
      gateOpen={allAccepted && !isOther}
      effect={<PublishShadow editor={editor} />}
      onPublish={(comment) => publish.mutate(comment)}
      busy={publish.isPending}
      error={isOther ? null : publish.error}
    />
  );
}
