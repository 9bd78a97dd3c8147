import { Button } from "../ui/button";
import { Icon } from "../ui/icon";
import type { Caution } from "./used-fields";

interface ValueCautionProps {
  caution: Caution;
  onUse: (value: string) => void;
}

/** What speaks against a value, told while it is typed, with what was likely meant. */
export function ValueCaution({ caution, onUse }: ValueCautionProps) {
  const { sentence, meant } = caution;
  return (
    <span className="value-maps-caution">
      <Icon name="warning" size="xx-small" label="Worth a look" /> {sentence}{" "}
      {meant !== null && (
        <Button variant="base" onClick={() => onUse(meant)}>
          Use {meant}
        </Button>
      )}
    </span>
  );
}
