import type { SalesforceRecord } from "@/lib/reviews/contract";
import { Icon } from "../ui/icon";
import { roleWords } from "./words";

/** The Salesforce records that a review is about, with their pages there. */
export function SalesforceRecords({ records }: { records: readonly SalesforceRecord[] }) {
  if (records.length === 0) return null;
  return (
    <dl className="review__facts">
      {records.map(({ role, object, id, name, url }) => (
        <div key={id}>
          <dt>
            {roleWords[role]} ({object})
          </dt>
          <dd>
            {name && <>{name} </>}
            {role === "deleted" || role === "merged" ? (
              <span className="records-id">{id}</span>
            ) : (
              <a href={url} target="_blank" rel="noreferrer" className="records-id">
                {id} <Icon name="new-window" size="xx-small" label="opens in a new window" />
              </a>
            )}
          </dd>
        </div>
      ))}
    </dl>
  );
}
