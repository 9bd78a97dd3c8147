import type { DraftSummary, VersionSummary } from "@/lib/mappings/contract";
import { Alert } from "../../ui/alert";
import { RelativeTime } from "../../ui/relative-time";

interface MeanwhileNoticeProps {
  /** What ran when the dialog was opened. */
  opened: VersionSummary | null;
  /** What runs now. */
  published: VersionSummary | null;
  /** What a colleague saved since the draft was opened here. */
  otherDraft: DraftSummary | null;
  /** Whose changes stand below, in words. */
  compared?: string;
}

/** Says in the open dialog what a colleague did meanwhile; the comparison below it is with their version then. */
export function MeanwhileNotice({
  opened,
  published,
  otherDraft,
  compared = "your draft changes",
}: MeanwhileNoticeProps) {
  const outpaced = published?.id !== opened?.id;
  if (!outpaced && !otherDraft) return null;
  return (
    <Alert tone="warning" live title={outpaced ? titleOf(published) : "The draft was changed meanwhile"}>
      {published && outpaced && (
        <>
          It was published <RelativeTime at={published.at} />: {published.comment}. Below is what {compared}{" "}
          of it.{" "}
        </>
      )}
      {otherDraft && (
        <>
          {otherDraft.by ?? "Somebody"} saved another draft <RelativeTime at={otherDraft.at} />. Cancel to
          choose between theirs and yours; what you typed stays.
        </>
      )}
    </Alert>
  );
}

function titleOf(published: VersionSummary | null): string {
  return published
    ? `${published.by} published version ${published.number} meanwhile`
    : "The mapping was stopped meanwhile";
}
