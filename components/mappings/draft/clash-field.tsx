import type { ReactNode } from "react";
import { sourceText } from "@/lib/core/mapping/lists/source-text";
import type { MappingLine } from "@/lib/core/mapping/document";
import type { Kind } from "@/lib/core/words";
import { RadioGroup } from "../../ui/radio-group";
import type { Unread } from "./content";
import type { Clash, Side } from "./merge";
import { clashTitle } from "./merge-words";
import { policyWords } from "../lines/policy-words";
import { salesSentences } from "../sales/words";

interface ClashFieldProps {
  clash: Clash;
  kind: Kind;
  /** What the person knows a field as. */
  labelOf: (target: string) => string;
  /** What their side is called, such as a name. */
  their: string;
  choice: Side | null;
  onChoice: (side: Side) => void;
}

/** Something that two people changed in two ways: whose stays. */
export function ClashField({ clash, kind, labelOf, their, choice, onChoice }: ClashFieldProps) {
  return (
    <RadioGroup
      label={clashTitle(clash.what, clash.what === "line" ? clash.target : null, labelOf)}
      value={choice}
      onChange={onChoice}
      options={[
        { value: "theirs", label: <SideText whose={their} says={saysOf(clash, "theirs", kind, labelOf)} /> },
        { value: "mine", label: <SideText whose="Mine" says={saysOf(clash, "mine", kind, labelOf)} /> },
      ]}
    />
  );
}

function SideText({ whose, says }: { whose: string; says: ReactNode }) {
  return (
    <>
      <strong>{whose}:</strong> {says}
    </>
  );
}

function saysOf(clash: Clash, side: Side, kind: Kind, labelOf: (target: string) => string): ReactNode {
  switch (clash.what) {
    case "line": {
      const other = side === "mine" ? clash.theirs : clash.mine;
      return lineText(clash[side], other, side === "mine" ? clash.unread : null, kind);
    }
    case "filter":
      return clash[side] === "" ? "all records" : <code>{clash[side]}</code>;
    case "sales":
      return salesSentences(clash[side], labelOf).join(" ") || "no sales rules";
    case "order":
      return side === "mine" ? "the order here" : "the order there";
  }
}

function lineText(line: MappingLine | null, other: MappingLine | null, unread: Unread | null, kind: Kind) {
  if (!line) return "the line is removed";
  const words = other === null ? [] : policyWords(line, other);
  return (
    <>
      <code>{unread?.text ?? sourceText(line.expression, kind).text}</code>
      {words.length > 0 && <span className="mappings-name">{words.join(". ")}</span>}
    </>
  );
}
