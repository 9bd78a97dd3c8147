"use client";

import { LinesDialog } from "./lines-dialog";
import type { ListDialogProps } from "./text-dialog";
import { YamlDialog } from "./yaml-dialog";

export function ListDialog(props: ListDialogProps) {
  const { format } = props;
  return format === "yaml" ? <YamlDialog {...props} /> : <LinesDialog {...props} format={format} />;
}
