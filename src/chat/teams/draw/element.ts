/** Who draws: the Playground knows no mentions, no people picker, no dialogs and no full width, and warns under each card. */
export type Client = 'teams' | 'playground';

/** One element, action or cell of an Adaptive Card 1.5, as plain JSON. */
export interface Element {
  readonly type: string;
  readonly [property: string]: unknown;
}

/** What `<at>…</at>` in a card's text stands for; without it Teams shows the tags. */
export interface MentionEntity {
  type: 'mention';
  text: string;
  mentioned: { id: string; name: string };
}

export interface AdaptiveCard {
  type: 'AdaptiveCard';
  $schema: string;
  version: '1.5';
  body: readonly Element[];
  /** Read where a card cannot be drawn. */
  fallbackText: string;
  msteams?: { width: 'Full'; entities?: readonly MentionEntity[] };
}
