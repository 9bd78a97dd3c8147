/** What a person reads of each kind of review, and what they may choose; pages and server share it. Pure. */
import type { FaultCode } from "./faults";
import { likenessRows } from "./review-likeness";
import { dismissOnly, type ChoiceRow, type ReviewTableRow } from "./review-row";
import { reviewKindByFault, type ReviewChoice, type ReviewKind } from "./reviews";

export const reviewTable: Readonly<Record<ReviewKind, ReviewTableRow>> = {
  mass_change: {
    title: "Many records changed at once",
    explanation:
      "S-360 takes few calls. So that an import or a mass update in Salesforce does not use them up unseen, nothing of it is sent before a person starts it.",
    choices: [
      {
        choice: "start",
        label: "Send now",
        sentence: "They are sent to S-360 from now on, at the current rate. Live edits go first.",
        look: "brand",
        confirm: true,
      },
      {
        choice: "start-tonight",
        label: "Send tonight",
        sentence:
          "They are sent to S-360 from 22:00 on, in the time zone of the connection. Live edits go first.",
        look: "neutral",
        confirm: true,
      },
      {
        choice: "pause",
        label: "Pause",
        sentence: "What is not sent yet waits until a person resumes it. Calls under way are finished.",
        look: "neutral",
      },
      {
        choice: "resume",
        label: "Resume",
        sentence: "What is not sent yet goes on, at the current rate.",
        look: "brand",
      },
      {
        choice: "drop",
        label: "Do not send",
        sentence:
          "Nothing more of it is sent to S-360: each side keeps what it has now. Later edits of these records are sent as usual.",
        look: "destructive",
        confirm: true,
      },
    ],
  },
  bounce: {
    title: "A value changes back and forth",
    explanation:
      "A value went to one side, came back changed without a person, and so on. Something in one of the two systems rewrites it each time: find that flow, trigger or job first.",
    choices: [
      {
        choice: "send",
        label: "Send what Salesforce holds",
        sentence: "Salesforce’s value is sent to S-360 once more, and counting begins anew.",
        look: "brand",
      },
      {
        choice: "keep",
        label: "Keep both as they are",
        sentence: "Each side keeps its own value. The next edit of a person is carried over as usual.",
        look: "neutral",
      },
    ],
  },
  clone: {
    title: "A copy carries another record’s Sync ID",
    explanation:
      "More than one Salesforce record points to one S-360 contact, most likely because somebody pressed Clone. Edits of a copy go nowhere; only one of them can keep the Sync ID.",
    choices: [
      {
        choice: "clear-copy",
        label: "Clear the copy’s Sync ID",
        sentence:
          "The Sync ID is blanked on the copy, or on all of them, in Salesforce. All records stay, and the first goes on with S-360.",
        look: "brand",
      },
      {
        choice: "relink",
        label: "The copy is the right one",
        sentence:
          "The Sync ID is blanked on the first record, in Salesforce, and the copy goes on with S-360. Both records stay.",
        look: "neutral",
        confirm: true,
      },
      {
        choice: "dismiss",
        label: "Leave it",
        sentence: "Nothing is changed. Edits of the copy are still not sent.",
        look: "neutral",
      },
    ],
  },
  copied_lookup: {
    title: "A sale that S-360 never sold",
    explanation:
      "A sale in Salesforce carries a contact’s number but no Sync ID, most likely because somebody pressed Clone on a sale. It counts among the sales of that contact.",
    choices: [
      {
        choice: "clear-copy",
        label: "Take it off the contact",
        sentence:
          "The contact’s number and lookups are blanked on the copy, or on all of them, in Salesforce. The records stay.",
        look: "brand",
      },
      {
        choice: "dismiss",
        label: "Leave it",
        sentence: "Nothing is changed, and it is not asked again.",
        look: "neutral",
      },
    ],
  },
  merge_unclear: {
    title: "A merge that cannot be followed",
    explanation:
      "The Salesforce record of this contact was merged into another, but that one belongs to somebody else in S-360. Only a person can say whether the two are one.",
    choices: [
      {
        choice: "relink",
        label: "They belong together",
        sentence:
          "This contact goes on with the record that stayed. Where that one has no S-360 contact here, it gets this Sync ID; else this number becomes its second one, and only the first is written.",
        look: "brand",
        confirm: true,
      },
      {
        choice: "unlink",
        label: "They are two",
        sentence: "This contact is written to Salesforce again, as a record of its own.",
        look: "neutral",
        confirm: true,
      },
      {
        choice: "dismiss",
        label: "Leave it",
        sentence:
          "Nothing is changed: what S-360 says of this contact is kept, and not written to Salesforce.",
        look: "neutral",
      },
    ],
  },
  restored: {
    title: "Restored after a merge",
    explanation:
      "Two Salesforce records were merged, and their two numbers in S-360 belong to one record since. Now the one that went is there again, with its Sync ID. Edits of it are not sent to S-360.",
    choices: [
      {
        choice: "unlink",
        label: "They are two again",
        sentence:
          "The contact goes on with the record that was restored. Where the two differ, the owner rule of each field decides.",
        look: "brand",
        confirm: true,
      },
      {
        choice: "dismiss",
        label: "Leave it",
        sentence: "Nothing is changed, and it is not asked again. Clear the Sync ID of the restored record.",
        look: "neutral",
      },
    ],
  },
  deleted_in_salesforce: {
    title: "Deleted in Salesforce",
    explanation:
      "S-360 offers no delete, so the contact is still there. To have the record back, restore it in Salesforce: that closes this by itself.",
    choices: [
      {
        choice: "keep",
        label: "It stays deleted",
        sentence:
          "What S-360 says of this contact is kept, and not written. Should somebody restore the record, both go on.",
        look: "brand",
      },
      {
        choice: "relink",
        label: "Create it again",
        sentence: "A new Salesforce record is made at once from what S-360 last said of the contact.",
        look: "neutral",
        confirm: true,
      },
    ],
  },
  create_in_s360: {
    title: "Made in Salesforce, unknown to S-360",
    explanation: "By rule, a person decides which new records of Salesforce are created in S-360.",
    choices: [
      {
        choice: "create",
        label: "Create it in S-360",
        sentence: "S-360 is asked to create the contact; the number it gets becomes its Sync ID.",
        look: "brand",
      },
      {
        choice: "dismiss",
        label: "Do not create it",
        sentence:
          "It stays in Salesforce alone, and you are not asked again. It can be created from here later, after all.",
        look: "neutral",
      },
    ],
  },
  create_unanswered: {
    title: "Created in S-360, or not",
    explanation:
      "S-360 was asked to create a contact and its answer got lost. Look the contact up in S-360 before you create it again, or there will be two.",
    choices: [
      {
        choice: "create",
        label: "It is not there: create it again",
        sentence: "S-360 is asked to create the contact again, without being searched first.",
        look: "brand",
        confirm: true,
      },
      {
        choice: "dismiss",
        label: "It is there",
        sentence: "Nothing more is sent. With S-360’s next call about it, the two are linked by themselves.",
        look: "neutral",
      },
    ],
  },
  ambiguous: {
    title: "S-360 has such contacts already",
    explanation:
      "Before a contact is created in S-360 it is searched there by name and e-mail address. Several were found: only a person can say whether it is one of them.",
    choices: [
      {
        choice: "create",
        label: "Create another contact",
        sentence: "It is none of them: S-360 is asked to create the contact.",
        look: "neutral",
        confirm: true,
      },
      {
        choice: "dismiss",
        label: "It is one of them",
        sentence:
          "Nothing is sent. Put that contact’s number into the Sync ID of the Salesforce record; S-360’s next call about it links the two.",
        look: "brand",
      },
    ],
  },
  rule: {
    title: "A person decides, by rule",
    explanation: "A rule of this connection says that such changes are not written before a person agrees.",
    choices: [
      {
        choice: "send",
        label: "Write it",
        sentence: "This change is written to the other side. The next one is asked about again.",
        look: "brand",
      },
      {
        choice: "keep",
        label: "Do not write it",
        sentence: "Each side keeps what it has now.",
        look: "neutral",
      },
    ],
  },
  anonymised: {
    title: "Anonymised or unknown in S-360",
    explanation:
      "S-360 anonymised this contact, which cannot be taken back there, or knows it no more: the sentence says which. Its sales stay. The Salesforce record is never deleted from here: delete it there, if it has to go.",
    choices: [
      {
        choice: "send",
        label: "Blank it in Salesforce",
        sentence:
          "The fields that the mapping fills are emptied in Salesforce, also where somebody edited them there; a name that must not be empty becomes XXXXXXXX. Record, Sync ID, lookups and sales stay.",
        look: "destructive",
        confirm: true,
      },
      {
        choice: "keep",
        label: "Leave it as it is",
        sentence:
          "Nothing is changed in Salesforce, and you are not asked again. It can be blanked from here later, after all.",
        look: "neutral",
      },
    ],
  },
  kind_changed: {
    title: "S-360 changed the kind of contact",
    explanation:
      "Another kind of contact is another kind of record in Salesforce. If it was a mistake, have the box office correct it in S-360: that closes this by itself.",
    choices: [
      {
        choice: "relink",
        label: "Write it as its new kind",
        sentence:
          "The old Salesforce record stays with its data and loses its Sync ID. The contact is written as what it is now.",
        look: "brand",
        confirm: true,
      },
    ],
  },
  number_reused: {
    title: "A contact number stands for somebody else",
    explanation:
      "S-360 gave this number to another contact than the one that is linked. Ask the box office whose number it is before anything is written.",
    choices: [
      {
        choice: "same-person",
        label: "It is the same person",
        sentence: "What S-360 says is written to the linked record, as before.",
        look: "neutral",
        confirm: true,
      },
      {
        choice: "relink",
        label: "It is another person",
        sentence:
          "The old Salesforce record stays with its data and loses its Sync ID. The person who has the number now gets a record of their own.",
        look: "neutral",
        confirm: true,
      },
    ],
  },
  shared_record: {
    title: "Two contacts, one Salesforce record",
    explanation:
      "Two numbers must not write to one record. Correct the Sync ID, or merge the two records, in Salesforce.",
    choices: [
      {
        choice: "send",
        label: "Corrected, try again",
        sentence: "It is tried again. If it is still so, it comes back here.",
        look: "brand",
      },
      {
        choice: "dismiss",
        label: "Leave it",
        sentence: "Nothing is written. It comes back with the next change of this contact.",
        look: "neutral",
      },
    ],
  },
  ...likenessRows,
  consistency_check: {
    title: "Some deletions may be unknown",
    explanation:
      "Salesforce’s delete log did not reach back far enough. Export the contacts of both systems and compare them by Sync ID; delete or restore what differs.",
    choices: dismissOnly("Press this when both have been compared. Nothing else is changed."),
  },
  calls_short: {
    title: "Calls to Salesforce run short",
    explanation:
      "An admin grants the connector a share of the calls that the org allows in 24 hours. What is less urgent gives way first, so that live orders and contacts go on. Nothing is lost: it goes on by itself.",
    choices: dismissOnly(
      "Takes it off this list. To let it go on sooner, grant more calls on the Health page.",
    ),
  },
  trouble: {
    title: "Something stands in the way",
    explanation:
      "It concerns the connection as a whole, and somebody has to act. What came from either system is kept, and goes on by itself where nothing else is said.",
    choices: dismissOnly("Takes it off this list. Nothing else is changed."),
  },
  told: {
    title: "For your information",
    explanation: "A rule of this connection says that someone is told. Nothing was written.",
    choices: dismissOnly("Takes it off this list. Nothing else is changed."),
  },
};

export function choiceRow(kind: ReviewKind, choice: ReviewChoice): ChoiceRow | undefined {
  return reviewTable[kind].choices.find((row) => row.choice === choice);
}

/** Faults that hold a record for a review of this kind. */
export function faultsOf(kind: ReviewKind): readonly FaultCode[] {
  return Object.entries(reviewKindByFault).flatMap(([code, of]) => (of === kind ? [code as FaultCode] : []));
}
