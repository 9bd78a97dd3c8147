import { Button } from "../../ui/button";
import type { Steering } from "./queries";

interface SteeringButtonsProps {
  paused: boolean;
  busy: boolean;
  /** What cancelling does, on its button. */
  cancel: string;
  onSteer: (change: Steering) => void;
}

/** Pause or go on, and cancel. */
export function SteeringButtons({ paused, busy, cancel, onSteer }: SteeringButtonsProps) {
  return (
    <div className="mappings-buttons">
      <Button
        icon={paused ? "play" : "pause"}
        busy={busy}
        onClick={() => onSteer(paused ? "resume" : "pause")}
      >
        {paused ? "Resume" : "Pause"}
      </Button>
      <Button icon="close" busy={busy} onClick={() => onSteer("cancel")}>
        {cancel}
      </Button>
    </div>
  );
}
