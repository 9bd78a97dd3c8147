const whole = new Intl.NumberFormat("en");

/** 12345 → "12,345". */
export function count(value: number): string {
  return whole.format(value);
}

/** 1, "record" → "1 record"; 3 → "3 records". */
export function counted(value: number, one: string, many = `${one}s`): string {
  return `${count(value)} ${value === 1 ? one : many}`;
}
