"use client";

import { useState } from "react";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import type { MappingDocument } from "@/lib/core/mapping/document";
import type { GoldenCheck } from "@/lib/mappings/golden-contract";
import type { MappingDetail } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { counted } from "../../ui/numbers";
import { Problem } from "../../ui/problem";
import { Skeleton } from "../../ui/skeleton";
import { useToast } from "../../ui/toast";
import { RestoreGate } from "../golden/golden-gate";
import { areAccepted, checksQuery, failedOf, goldenKey, seenOf } from "../golden/queries";
import { LeftFields } from "./left-fields";
import { MeanwhileNotice } from "../publish/meanwhile-notice";
import { PublishDialog } from "../publish/publish-dialog";
import { mappingQuery, restoreVersion, versionQuery, type Published } from "../queries";

interface RestoreDialogProps {
  mapping: MappingDetail;
  number: number;
  onClose: () => void;
  /** With the number it was published as; null when what runs says this already. */
  onRestored: (as: number | null) => void;
}

/** Shows what an earlier version would change before it is published again, and takes the records through it if asked. */
export function RestoreDialog({ mapping, number, onClose, onRestored }: RestoreDialogProps) {
  const toast = useToast();
  const client = useQueryClient();
  const version = useQuery(versionQuery(mapping.id, number));
  const golden = useRestored(mapping, version.data?.document);
  const { published, publishedDocument } = mapping;
  const [opened] = useState(published);
  // A colleague may publish while this is open.
  useQuery({ ...mappingQuery(mapping.id), staleTime: 0, refetchInterval: 10_000 });
  const restore = useMutation({
    mutationFn: (given: { comment: string; thenReprocess: boolean }) =>
      restoreVersion(mapping.id, {
        ...given,
        versionNumber: number,
        over: published?.id ?? null,
        accept: seenOf(golden.accepted),
      }),
    onError: () => client.invalidateQueries({ queryKey: mappingQuery(mapping.id).queryKey, exact: true }),
    onSettled: () => client.invalidateQueries({ queryKey: goldenKey(mapping.id) }),
    onSuccess: (result, { thenReprocess }) => {
      toast.success(publishedTitle(result), restoredText(result, thenReprocess));
      onRestored(result.outcome === "published" ? result.number : null);
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
  const reprocesses = published !== null && mapping.direction === "in";
  const keeps = mapping.draftDiffers ? " The draft keeps its unpublished changes." : " The draft follows.";
  return (
    <PublishDialog
      open
      onOpenChange={onClose}
      title={`Restore version ${number}`}
      description={`What version ${number} said is published as a new version, and runs from the next record on.${keeps}`}
      confirmLabel={reprocesses ? "Restore and re-process" : "Restore"}
      plainly={
        reprocesses
          ? { label: "Restore", onPublish: (comment) => restore.mutate({ comment, thenReprocess: false }) }
          : undefined
      }
      published={published && publishedDocument && { number: published.number, document: publishedDocument }}
      next={{ name, document: version.data.document }}
      problems={[]}
      suggestedComment={`Back to version ${number}`}
      gate={
        <>
          <MeanwhileNotice
            opened={opened}
            published={published}
            otherDraft={null}
            compared={`version ${number} changes`}
          />
          <RestoreGate
            failed={golden.failed}
            notCompared={golden.notCompared}
            accepted={golden.allAccepted}
            onAccept={golden.accept}
          />
        </>
      }
      effect={
        <>
          {reprocesses && <p className="slds-m-vertical_x-small">{reprocessing}</p>}
          <LeftFields mappingId={mapping.id} number={number} />
        </>
      }
      onPublish={(comment) => restore.mutate({ comment, thenReprocess: reprocesses })}
      busy={restore.isPending}
      error={restore.error}
    />
  );
}

const reprocessing =
  "Re-processing takes the records whose result changes through the restored version as soon as they are counted, also those that were left out or failed since. Restoring alone leaves them until their next event.";

/** What golden samples expect otherwise than the version gives, and whether somebody accepts what it gives. */
function useRestored({ id, draftDocument }: MappingDetail, document: MappingDocument | undefined) {
  const checked = useQuery({
    ...checksQuery(id, document ?? draftDocument),
    enabled: document !== undefined,
  });
  const [accepted, setAccepted] = useState<readonly GoldenCheck[]>([]);
  const failed = failedOf(checked.data);
  return {
    failed,
    notCompared: checked.data?.notCompared ?? null,
    accepted,
    allAccepted: areAccepted(failed, accepted),
    accept: () => setAccepted(failed),
  };
}

function restoredText(result: Published, thenReprocess: boolean): string | undefined {
  const counting = "The records whose result changes are being counted";
  const next =
    result.outcome === "published" && thenReprocess
      ? `${counting}, and re-processed after that: see above the lines.`
      : undefined;
  return [releasedSentence(result), next].filter(Boolean).join(" ") || undefined;
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
