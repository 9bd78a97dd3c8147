import { roomWords } from "@/lib/core/mapping/fit/fit";
import type { TargetField } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";

interface FieldRoomProps {
  field: TargetField;
  /** Paths of values that fit, to choose from. */
  fitting: readonly string[];
  onPick: (path: string) => void;
}

/** What a field takes, above the place where its value is chosen. */
export function FieldRoom({ field, fitting, onPick }: FieldRoomProps) {
  return (
    <div className="mappings-room">
      <span>
        {roomWords(field.room)}
        {fitting.length > 0 && " These values fit:"}
      </span>
      {fitting.map((path) => (
        <Button key={path} variant="base" onClick={() => onPick(path)} aria-label={`Take ${path}`}>
          {path}
        </Button>
      ))}
    </div>
  );
}
