import type { PreviewResult } from "@/lib/mappings/contract";

/** What a line gave when it last gave something, and what it said then. */
export interface LastGood {
  readonly expression: string;
  readonly result: PreviewResult;
}
