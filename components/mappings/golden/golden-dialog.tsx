"use client";

import { useRef, type RefObject } from "react";
import type { GoldenSample } from "@/lib/mappings/golden-contract";
import { JsonTree } from "../../records/json-tree";
import { Button } from "../../ui/button";
import { Dialog } from "../../ui/dialog";

interface GoldenDialogProps {
  sample: GoldenSample;
  /** Where the lines are: what is tried on the sample is read there. */
  lines: RefObject<HTMLElement | null>;
  onTry: (sample: GoldenSample) => void;
  onClose: () => void;
}

/** The made-up record of a sample, and the way to see what each line does to it. */
export function GoldenDialog({ sample, lines, onTry, onClose }: GoldenDialogProps) {
  const tried = useRef(false);
  return (
    <Dialog
      open
      onOpenChange={onClose}
      title={sample.name}
      description="The record that was kept, made up so that it is nobody’s."
      size="medium"
      finalFocus={() => (tried.current ? lines.current : null)}
      footer={
        <>
          <Button onClick={onClose}>Close</Button>
          <Button
            variant="brand"
            onClick={() => {
              tried.current = true;
              onTry(sample);
              onClose();
            }}
          >
            Try the lines on it
          </Button>
        </>
      }
    >
      <JsonTree value={sample.source} />
    </Dialog>
  );
}
