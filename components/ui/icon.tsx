import add from "@salesforce-ux/design-system/assets/icons/utility/add.svg";
import back from "@salesforce-ux/design-system/assets/icons/utility/back.svg";
import check from "@salesforce-ux/design-system/assets/icons/utility/check.svg";
import chevronDown from "@salesforce-ux/design-system/assets/icons/utility/chevrondown.svg";
import chevronRight from "@salesforce-ux/design-system/assets/icons/utility/chevronright.svg";
import clock from "@salesforce-ux/design-system/assets/icons/utility/clock.svg";
import close from "@salesforce-ux/design-system/assets/icons/utility/close.svg";
import copy from "@salesforce-ux/design-system/assets/icons/utility/copy_to_clipboard.svg";
import down from "@salesforce-ux/design-system/assets/icons/utility/down.svg";
import edit from "@salesforce-ux/design-system/assets/icons/utility/edit.svg";
import error from "@salesforce-ux/design-system/assets/icons/utility/error.svg";
import help from "@salesforce-ux/design-system/assets/icons/utility/help.svg";
import info from "@salesforce-ux/design-system/assets/icons/utility/info.svg";
import newWindow from "@salesforce-ux/design-system/assets/icons/utility/new_window.svg";
import pause from "@salesforce-ux/design-system/assets/icons/utility/pause.svg";
import play from "@salesforce-ux/design-system/assets/icons/utility/play.svg";
import redo from "@salesforce-ux/design-system/assets/icons/utility/redo.svg";
import refresh from "@salesforce-ux/design-system/assets/icons/utility/refresh.svg";
import remove from "@salesforce-ux/design-system/assets/icons/utility/delete.svg";
import search from "@salesforce-ux/design-system/assets/icons/utility/search.svg";
import success from "@salesforce-ux/design-system/assets/icons/utility/success.svg";
import undo from "@salesforce-ux/design-system/assets/icons/utility/undo.svg";
import up from "@salesforce-ux/design-system/assets/icons/utility/up.svg";
import user from "@salesforce-ux/design-system/assets/icons/utility/user.svg";
import warning from "@salesforce-ux/design-system/assets/icons/utility/warning.svg";
import { classes } from "./classes";
import { addressOf, type Picture } from "./picture";
import "./icon.css";

const pictures = {
  add,
  back,
  check,
  "chevron-down": chevronDown,
  "chevron-right": chevronRight,
  clock,
  close,
  copy,
  down,
  edit,
  error,
  help,
  info,
  "new-window": newWindow,
  pause,
  play,
  redo,
  refresh,
  remove,
  search,
  success,
  undo,
  up,
  user,
  warning,
} satisfies Record<string, Picture>;

export type IconName = keyof typeof pictures;

interface IconProps {
  name: IconName;
  size?: "xx-small" | "x-small" | "small" | "medium";
  className?: string;
  /** Said by screen readers; without it the icon is decoration. */
  label?: string;
}

/** A Lightning utility icon in the colour of the text around it. */
export function Icon({ name, size = "x-small", className, label }: IconProps) {
  const mask = `url("${addressOf(pictures[name])}")`;
  return (
    <span
      className={classes("ui-icon", `ui-icon_${size}`, className)}
      style={{ maskImage: mask, WebkitMaskImage: mask }}
      role={label ? "img" : undefined}
      aria-label={label}
      aria-hidden={label ? undefined : true}
    />
  );
}
