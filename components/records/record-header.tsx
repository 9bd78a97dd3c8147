import type { RecordDetail } from "@/lib/records/contract";
import { LinkButton } from "../ui/button";
import { PageHeader } from "../ui/page-header";
import { RelativeTime } from "../ui/relative-time";
import { writeAddress } from "./address";
import { Directions } from "./directions";
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
          {numberLabel(record.family)} <span className="records-id">{numberOf(record)}</span> · {institution}{" "}
          · last change <RelativeTime at={record.updatedAt} />
        </span>
      }
      actions={
        <>
          {links.map(({ url, object, mappingId }) => (
            <LinkButton key={mappingId} href={url} target="_blank" rel="noreferrer" icon="new-window">
              {links.length > 1 ? `Open ${object} in Salesforce` : "Open in Salesforce"}
            </LinkButton>
          ))}
          <RetryButton record={record} />
        </>
      }
    >
      <Directions record={record} />
    </PageHeader>
  );
}
