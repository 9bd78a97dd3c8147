"use client";

import { useMutation } from "@tanstack/react-query";
import { useToast } from "../ui/toast";
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
  const publish = useMutation({
    mutationFn: async (comment: string) => {
      const revision = unsaved ? await save() : state.saved.draft.revision;
      return revision === null ? null : publishDraft(mapping.id, { revision, comment });
    },
    onSuccess: async (result) => {
      if (result) {
        toast.success(publishedTitle(result), releasedSentence(result));
        await reload();
      }
      onClose();
    },
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
      effect={<PublishShadow editor={editor} />}
      onPublish={(comment) => publish.mutate(comment)}
      busy={publish.isPending}
      error={publish.error}
    />
  );
}
