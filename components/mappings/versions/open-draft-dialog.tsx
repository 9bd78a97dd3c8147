"use client";

import { useQuery } from "@tanstack/react-query";
import { sameMapping } from "@/lib/core/mapping/difference";
import type { MappingDocument } from "@/lib/core/mapping/document";
import { noSalesRules } from "@/lib/core/mapping/sales/sales";
import { Alert } from "../../ui/alert";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";
import { Problem } from "../../ui/problem";
import { Skeleton } from "../../ui/skeleton";
import { LineComparison } from "./line-comparison";
import { openableAsDraft, wordsOfDraft } from "./open-draft";
import { versionQuery } from "../queries";
import type { Editor } from "../editor/use-editor";

interface OpenDraftDialogProps {
  editor: Editor;
  number: number;
  onClose: () => void;
}

/** Shows what an earlier version would change in the draft, and puts it there as one step; nothing is published. */
export function OpenDraftDialog({ editor, number, onClose }: OpenDraftDialogProps) {
  const { mapping, document, unsaved, dispatch } = editor;
  const { data, error, refetch } = useQuery(versionQuery(mapping.id, number));
  const version = data?.document;
  const refusal = version ? openableAsDraft(version, document) : null;
  const isSame = version !== undefined && sameMapping(version, document);
  const open = ({ lines, filter = "", sales = noSalesRules }: MappingDocument) => {
    dispatch({ type: "lines-replaced", lines, filter, sales, what: `Version ${number} opened as the draft` });
    onClose();
  };
  return (
    <Dialog
      open
      onOpenChange={onClose}
      size="large"
      title={`Open version ${number} as draft`}
      description="Nothing is published: you go on from what this version said, and publish when it is right."
      footer={
        <>
          <Button onClick={onClose}>Cancel</Button>
          <Button
            variant="brand"
            disabled={!version || isSame || refusal !== null}
            onClick={() => version && open(version)}
          >
            Open as draft
          </Button>
        </>
      }
    >
      {error && (
        <Problem error={error} title="The version could not be read" onRetry={() => void refetch()} />
      )}
      {!version && !error && <Skeleton label="Reading the version" />}
      {refusal !== null && <Alert tone="error">{refusal}</Alert>}
      {version && refusal === null && !isSame && (
        <Alert tone={unsaved || mapping.draftDiffers ? "warning" : "info"}>
          {wordsOfDraft(mapping, unsaved)}
        </Alert>
      )}
      {version && <LineComparison before={document} after={version} names={["Draft", `Version ${number}`]} />}
    </Dialog>
  );
}
