/** The value of a field that takes several: each, with commas between. */
export function joinSeveral(values: readonly string[]): string {
  return values.join(',');
}

/** Each of a field's several values, as a picker sends them or somebody types them. */
export function splitSeveral(value: string): string[] {
  return value
    .split(/[,;\n]/)
    .map((one) => one.trim())
    .filter((one) => one !== '');
}
