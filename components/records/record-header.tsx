import type { RecordDetail } from "@/lib/records/contract";
import { LinkButton } from "../ui/button";
import { counted } from "../ui/numbers";
import { PageHeader } from "../ui/page-header";
import { RelativeTime } from "../ui/relative-time";
import { writeAddress } from "./address";
import { Directions } from "./directions";
import { MergedButton } from "./merged-dialog";
import { Link } from "./record-link";
import { RetryButton } from "./retry-button";
import { StateBadge } from "./state-badge";
import { iconOf, kindLabel, nameOf, numberLabel, numberOf } from "./words";

/** What the record is, where it stands, and the two things to do with it. */
export function RecordHeader({ record }: { record: RecordDetail }) {
  const { links, institution } = record;
  return (
    <PageHeader
      crumbs={[{ label: "Records", href: writeAddress(institution, {}) }]}
      icon={iconOf(record)}
      eyebrow={kindLabel(record)}
      title={
        <span className="records-title">
          {nameOf(record)} <StateBadge of={record} />
        </span>
      }
      details={
        <span className="records-wrap">
          {numberLabel(record.family)} <span className="records-id">{numberOf(record)}</span>
          <Merges record={record} /> · {institution} · last change <RelativeTime at={record.updatedAt} />
        </span>
      }
      actions={
        <>
          {links.map(({ url, object, mappingId }) => (
            <LinkButton key={mappingId} href={url} target="_blank" rel="noreferrer" icon="new-window">
              {links.length > 1 ? `Open ${object} in Salesforce` : "Open in Salesforce"}
            </LinkButton>
          ))}
          <MergedButton record={record} />
          <RetryButton record={record} />
        </>
      }
    >
      <Directions record={record} />
    </PageHeader>
  );
}

/** Other numbers of the same contact, or of its Salesforce record. */
function Merges({ record }: { record: RecordDetail }) {
  const { secondNumbers, formerNumbers } = record;
  const mergedInto = record.mergedInS360?.into ?? record.mergedInto;
  const [second] = [...secondNumbers.records, ...formerNumbers.records];
  const more = secondNumbers.total + formerNumbers.total - 1;
  return (
    <>
      {mergedInto && (
        <>
          {" "}
          · merged into <Link record={mergedInto}>{numberOf(mergedInto)}</Link>
        </>
      )}
      {second && (
        <>
          {" "}
          · second number <Link record={second}>{numberOf(second)}</Link>
          {more > 0 && ` and ${counted(more, "other")}`}
        </>
      )}
    </>
  );
}
