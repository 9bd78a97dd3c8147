"use client";

import type { MatchingCandidate, TriedRecord } from "@/lib/comparison/matching-contract";
import { Link } from "../records/record-link";
import { Value } from "../records/value";
import { Button } from "../ui/button";
import { DataTable, type Column } from "../ui/data-table";
import { Dialog } from "../ui/dialog";
import { Icon } from "../ui/icon";
import { counted } from "../ui/numbers";

interface TriedDialogProps {
  title: string;
  /** What the Salesforce records are. */
  object: string;
  rows: readonly TriedRecord[];
  onClose: () => void;
}

/** The contacts behind a number, each with what fits it. */
export function TriedDialog({ title, object, rows, onClose }: TriedDialogProps) {
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={title}
      size="large"
      footer={<Button onClick={onClose}>Close</Button>}
    >
      <DataTable
        label={title}
        columns={columnsOf(rows, object)}
        rows={rows}
        rowKey={({ recordId }) => recordId}
      />
    </Dialog>
  );
}

function columnsOf(rows: readonly TriedRecord[], object: string): readonly Column<TriedRecord>[] {
  const named: readonly Column<TriedRecord>[] = [
    {
      key: "contact",
      header: "S-360 contact",
      rowHeader: true,
      wrap: true,
      cell: ({ recordId, key, label }) => (
        <>
          <Link record={{ id: recordId }} beside>
            {label ?? key}
          </Link>{" "}
          {label && <span className="rules-quiet">{key}</span>}
        </>
      ),
    },
  ];
  const rule: Column<TriedRecord> = {
    key: "rule",
    header: "Rule",
    width: "5rem",
    cell: ({ rule: nth }) => nth ?? <em className="rules-quiet">none</em>,
  };
  const fits: Column<TriedRecord> = {
    key: "fits",
    header: `In Salesforce (${object})`,
    wrap: true,
    width: "60%",
    cell: (row) => <Fits row={row} />,
  };
  const why: Column<TriedRecord> = {
    key: "why",
    header: "Why",
    wrap: true,
    cell: ({ sentence }) => sentence ?? "",
  };
  return [
    ...named,
    ...(rows.some((row) => row.rule !== null) ? [rule] : []),
    ...(rows.some((row) => row.candidateCount > 0) ? [fits] : []),
    ...(rows.every((row) => row.candidateCount === 0 && row.sentence !== null) ? [why] : []),
  ];
}

function Fits({ row: { candidates, candidateCount, sentence } }: { row: TriedRecord }) {
  const more = candidateCount - candidates.length;
  return (
    <>
      {sentence && <p>{sentence}</p>}
      <ul className="rules-tried">
        {candidates.map((candidate) => (
          <li key={candidate.id}>
            <Candidate candidate={candidate} />
          </li>
        ))}
      </ul>
      {more > 0 && <p className="rules-quiet">And {counted(more, "more record")}.</p>}
    </>
  );
}

function Candidate({ candidate: { id, url, doubt, fields } }: { candidate: MatchingCandidate }) {
  return (
    <>
      <a href={url} target="_blank" rel="noreferrer" className="records-id">
        {id} <Icon name="new-window" size="xx-small" label="opens in a new window" />
      </a>
      {doubt && <p className="rules-quiet">Not taken unasked: {doubt}.</p>}
      {fields.length > 0 && (
        <dl className="rules-tried__values">
          {fields.map(({ name, label, s360, salesforce }) => (
            <div key={name}>
              <dt>{label}</dt>
              <dd>
                <Value value={salesforce} />
                {s360 !== salesforce && (
                  <>
                    {" "}
                    <span className="rules-quiet">
                      S-360: <Value value={s360} />
                    </span>
                  </>
                )}
              </dd>
            </div>
          ))}
        </dl>
      )}
    </>
  );
}
