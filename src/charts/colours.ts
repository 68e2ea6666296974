/**
 * A picture has no background, as nobody knows whether its reader's Slack is light or dark: each colour stands out from
 * both, words by 4 to 1, shapes by 3 to 1.
 */
export const COLOURS = {
  words: '#787d88',
  shape: '#6f74f5',
  /** The one column that is more than all others. */
  peak: '#e0673a',
} as const;

/** What Slack shows messages on. */
export const BACKGROUNDS = { light: '#ffffff', dark: '#1a1d21' } as const;
