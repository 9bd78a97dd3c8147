"use client";

import { useState } from "react";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import type { GoldenCheck } from "@/lib/mappings/contract";
import { useToast } from "../ui/toast";
import { GoldenGate } from "./golden/golden-gate";
import { areAccepted, failedOf, goldenKey, seenOf, useGoldenChecks } from "./golden/queries";
import { PublishDialog } from "./publish-dialog";
import { publishDraft } from "./queries";
import { publishedTitle, releasedSentence } from "./restore-dialog";
import { PublishShadow } from "./shadow/publish-shadow";
import { theirsOf, type Editor } from "./use-editor";

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
  const checked = useGoldenChecks(mapping.id, document);
  const failed = failedOf(checked);
  const allAccepted = areAccepted(failed, accepted);
  const publish = useMutation({
    mutationFn: async (comment: string) => {
      const revision = unsaved ? await save() : state.saved.draft.revision;
      return revision === null
        ? null
        : publishDraft(mapping.id, {
            revision,
            comment,
            accept: seenOf(accepted),
          });
    },
    onSuccess: async (result) => {
      if (result) {
        toast.success(publishedTitle(result), releasedSentence(result));
        await reload();
      }
      onClose();
    },
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mapping.id) }),
    onError: (error) => {
      const theirs = theirsOf(error);
      if (!theirs) return;
      dispatch({ type: "refused", theirs });
      onClose();
    },
  });
  const { published, publishedDocument } = mapping;
  return (
    <PublishDialog
      open
      onOpenChange={onClose}
      title="Publish this mapping"
      description="It runs from the next record on. Records that were held are tried again; all others change with their next event, or when you re-process them."
      confirmLabel={unsaved ? "Save and publish" : "Publish"}
      published={published && publishedDocument && { number: published.number, document: publishedDocument }}
      next={{ name: "Draft", document }}
      problems={problems}
      gate={
        <GoldenGate
          failed={failed}
          notCompared={checked?.notCompared ?? null}
          accepted={allAccepted}
          onAccept={() => setAccepted(failed)}
        />
      }
      gateOpen={allAccepted}
      effect={<PublishShadow editor={editor} />}
      onPublish={(comment) => publish.mutate(comment)}
      busy={publish.isPending}
      error={publish.error}
    />
  );
}
