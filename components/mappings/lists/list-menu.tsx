"use client";

import { useCallback, useState } from "react";
import dynamic from "next/dynamic";
import type { TargetObject } from "@/lib/mappings/contract";
import { Button } from "../../ui/button";
import { Menu, MenuButton } from "../../ui/menu";
import { useToast } from "../../ui/toast";
import { download } from "./list-file";
import type { FileFormat, ListFormat } from "./list-formats";
import type { Editor } from "../editor/use-editor";
import type { EditorSource } from "../source/source";

interface ListMenuProps {
  editor: Editor;
  /** Null while the org was never asked. */
  target: TargetObject | null;
  source: EditorSource;
}

/** YAML and its like are read only by those who need them. */
const ListDialog = dynamic(() => import("./list-dialog").then((module) => module.ListDialog));

const nothing: Record<ListFormat, string> = { lines: "", csv: "", yaml: "" };

/** Many lines in and out. A text stays when its dialog is closed, until it was taken over. */
export function ListMenu({ editor, target, source }: ListMenuProps) {
  const [open, setOpen] = useState<ListFormat | null>(null);
  const [texts, setTexts] = useState(nothing);
  const toast = useToast();
  const { mapping, document } = editor;
  const setText = useCallback(
    (format: ListFormat, text: string) => setTexts((known) => ({ ...known, [format]: text })),
    [],
  );
  const keep = async (format: FileFormat) => {
    const { fileOf, fileTypes } = await import("./list-formats");
    const { name, text } = fileOf(format, mapping.name, document);
    download(name, text, fileTypes[format].type);
    toast.success(`${name} has the lines as they stand here`);
  };
  return (
    <>
      <Menu trigger={<Button icon="chevron-down">Import and export</Button>}>
        <MenuButton onClick={() => setOpen("lines")}>Paste lines…</MenuButton>
        <MenuButton onClick={() => setOpen("csv")}>Upload CSV…</MenuButton>
        <MenuButton onClick={() => void keep("csv")}>Download CSV</MenuButton>
        <MenuButton onClick={() => setOpen("yaml")}>Load YAML…</MenuButton>
        <MenuButton onClick={() => void keep("yaml")}>Download YAML</MenuButton>
      </Menu>
      {open && (
        <ListDialog
          key={open}
          format={open}
          editor={editor}
          target={target}
          source={source}
          text={texts[open]}
          onText={(text) => setText(open, text)}
          onClose={() => setOpen(null)}
        />
      )}
    </>
  );
}
