import { Alert } from "../../ui/alert";
import type { Editor } from "../editor/use-editor";

/** An earlier version runs again. The way back is to restore another: undoing would change the draft only. */
export function RestoredNotice({ editor: { state, mapping } }: { editor: Editor }) {
  const { notice } = state;
  if (notice?.kind !== "restored") return null;
  const { version, as } = notice.restored;
  return (
    <Alert tone="success" title={`Published as version ${as}`}>
      It says what version {version} said, and runs from the next record on. The draft{" "}
      {mapping.draftDiffers ? "keeps its unpublished changes." : "says the same."}
    </Alert>
  );
}
