import { maxCodeLength } from "@/lib/core/mapping/document";
import { shortNote } from "@/lib/core/mapping/value-maps/long-code";
import type { UnseenCode } from "@/lib/mappings/value-map-contract";
import { Link } from "../records/record-link";
import { Alert } from "../ui/alert";
import { count, counted } from "../ui/numbers";

/** Texts that came in the place of a code and that no value map can list. */
export function LongTexts({ texts }: { texts: readonly UnseenCode[] }) {
  const one = texts.length === 1;
  return (
    <Alert
      tone="warning"
      title={`${counted(texts.length, "text")} ${one ? "is" : "are"} too long for a code`}
      className="value-maps-long"
    >
      <p>
        A code has at most {maxCodeLength} characters: {one ? "this text is" : "these texts are"} treated as a
        code that is not listed, and cannot be listed. Correct {one ? "it" : "them"} in S-360, or let the line
        ask for a part of the text, such as $substring(…, 0, 20).
      </p>
      <ul className="slds-list_dotted">
        {texts.map(({ code, seen, record }) => (
          <li key={code}>
            <code>{shortNote(code)}</code>, seen {seen === 1 ? "once" : `${count(seen)} times`}
            {record && (
              <>
                , for example <Link record={record}>{record.key}</Link>
              </>
            )}
          </li>
        ))}
      </ul>
    </Alert>
  );
}
