"use client";

import { useMutation, useQuery } from "@tanstack/react-query";
import type { MappingDetail } from "@/lib/mappings/contract";
import { Button } from "../ui/button";
import { Dialog } from "../ui/dialog";
import { counted } from "../ui/numbers";
import { Problem } from "../ui/problem";
import { Skeleton } from "../ui/skeleton";
import { useToast } from "../ui/toast";
import { PublishDialog } from "./publish-dialog";
import { restoreVersion, versionQuery, type Published } from "./queries";

interface RestoreDialogProps {
  mapping: MappingDetail;
  number: number;
  onClose: () => void;
  onRestored: () => void;
}

/** Shows what an earlier version would change before it is published again. */
export function RestoreDialog({ mapping, number, onClose, onRestored }: RestoreDialogProps) {
  const toast = useToast();
  const version = useQuery(versionQuery(mapping.id, number));
  const restore = useMutation({
    mutationFn: (comment: string) => restoreVersion(mapping.id, { versionNumber: number, comment }),
    onSuccess: (result) => {
      toast.success(publishedTitle(result), releasedSentence(result));
      onRestored();
      onClose();
    },
  });
  const name = `Version ${number}`;
  if (!version.data) {
    return (
      <Dialog
        open
        onOpenChange={onClose}
        title={`Restore version ${number}`}
        footer={<Button onClick={onClose}>Cancel</Button>}
      >
        {version.error ? (
          <Problem
            error={version.error}
            title="The version could not be read"
            onRetry={() => void version.refetch()}
          />
        ) : (
          <Skeleton label="Reading the version" />
        )}
      </Dialog>
    );
  }
  const { published, publishedDocument } = mapping;
  const keeps = mapping.draftDiffers ? " The draft keeps its unpublished changes." : " The draft follows.";
  return (
    <PublishDialog
      open
      onOpenChange={onClose}
      title={`Restore version ${number}`}
      description={`What version ${number} said is published as a new version, and runs from the next record on.${keeps}`}
      confirmLabel="Restore"
      published={published && publishedDocument && { number: published.number, document: publishedDocument }}
      next={{ name, document: version.data.document }}
      problems={[]}
      suggestedComment={`Back to version ${number}`}
      onPublish={(comment) => restore.mutate(comment)}
      busy={restore.isPending}
      error={restore.error}
    />
  );
}

export function publishedTitle(result: Published): string {
  return result.outcome === "unchanged"
    ? `Version ${result.number} says this already`
    : `Version ${result.number} is published`;
}

export function releasedSentence(result: Published): string | undefined {
  if (result.outcome === "unchanged" || result.released === 0) return undefined;
  return `${counted(result.released, "held record")} ${result.released === 1 ? "is" : "are"} tried again.`;
}
