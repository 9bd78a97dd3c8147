import type { ComponentPropsWithRef } from "react";
import Link from "next/link";
import { classes } from "./classes";
import { Icon, type IconName } from "./icon";
import "./button.css";

export type ButtonVariant =
  "neutral" | "brand" | "outline-brand" | "destructive" | "text-destructive" | "base";

interface Look {
  variant?: ButtonVariant;
  icon?: IconName;
  /** The button's text is for screen readers only: the icon says it. */
  iconOnly?: boolean;
}

type ButtonProps = ComponentPropsWithRef<"button"> & Look & { busy?: boolean };

/** A Lightning button. While `busy` it cannot be pressed again and says so. */
export function Button({
  variant = "neutral",
  icon,
  iconOnly,
  busy,
  disabled,
  className,
  children,
  type = "button",
  ...rest
}: ButtonProps) {
  return (
    <button
      {...rest}
      type={type}
      className={classes(lookOf(variant, iconOnly), className)}
      disabled={disabled || busy}
      aria-busy={busy || undefined}
    >
      <ButtonContent icon={busy ? "clock" : icon} iconOnly={iconOnly}>
        {children}
      </ButtonContent>
    </button>
  );
}

type LinkButtonProps = ComponentPropsWithRef<typeof Link> & Look;

/** A link that looks like a button: it leads somewhere and changes nothing. */
export function LinkButton({
  variant = "neutral",
  icon,
  iconOnly,
  className,
  children,
  ...rest
}: LinkButtonProps) {
  return (
    <Link {...rest} className={classes(lookOf(variant, iconOnly), className)}>
      <ButtonContent icon={icon} iconOnly={iconOnly}>
        {children}
      </ButtonContent>
    </Link>
  );
}

function lookOf(variant: ButtonVariant, iconOnly: boolean | undefined): string {
  if (iconOnly)
    return classes("slds-button slds-button_icon", variant !== "base" && "slds-button_icon-border-filled");
  return classes("slds-button", variant !== "base" && `slds-button_${variant}`, "ui-button");
}

function ButtonContent({ icon, iconOnly, children }: Pick<ButtonProps, "icon" | "iconOnly" | "children">) {
  if (!icon) return children;
  return (
    <>
      <Icon name={icon} size="xx-small" className={iconOnly ? undefined : "slds-button__icon_left"} />
      {iconOnly ? <span className="slds-assistive-text">{children}</span> : children}
    </>
  );
}
