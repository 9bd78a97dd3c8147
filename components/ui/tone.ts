export type Tone = "neutral" | "info" | "success" | "warning" | "error";
