import { LinkButton } from "@/components/ui/button";
import { EmptyState } from "@/components/ui/empty-state";
import { PageHeader } from "@/components/ui/page-header";

export default function RecordNotFound() {
  return (
    <>
      <PageHeader title="Record not found" icon="record" crumbs={[{ label: "Records", href: "/records" }]} />
      <div className="slds-card">
        <EmptyState
          title="There is no such record"
          actions={<LinkButton href="/records">Search records</LinkButton>}
        >
          The address may be cut off, or the record belonged to a connection that was removed.
        </EmptyState>
      </div>
    </>
  );
}
