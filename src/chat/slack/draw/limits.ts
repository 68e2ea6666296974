/** Slack's documented limits, in characters (UTF-16 units, which never counts less than Slack does). */
export const LIMITS = {
  blocks: 50,
  viewBlocks: 100,
  /** Slack answers msg_blocks_too_long at about 13,000 characters of blocks. */
  blocksTotal: 12_000,
  fallbackText: 3_000,
  sectionText: 3_000,
  contextText: 2_000,
  fields: 10,
  fieldText: 2_000,
  heading: 150,
  actions: 25,
  buttonLabel: 75,
  buttonValue: 2_000,
  url: 3_000,
  altText: 2_000,
  options: 100,
  optionText: 75,
  optionValue: 150,
  viewTitle: 24,
  viewMetadata: 3_000,
  inputLabel: 2_000,
  inputHint: 2_000,
  inputText: 3_000,
  placeholder: 150,
} as const;

/** Cut to at most `max` characters, at a word where one is near, ending in an ellipsis; never within a character. */
export function shorten(text: string, max: number): string {
  if (text.length <= max) return text;
  let end = max - 1;
  if (isLowSurrogate(text.charCodeAt(end))) end--;
  const space = text.lastIndexOf(' ', end);
  if (space > 0 && space > end - Math.min(20, max / 3)) end = space;
  return `${text.slice(0, end).trimEnd()}…`;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
