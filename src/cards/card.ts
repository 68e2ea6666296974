import type { Identity } from '../workspace/identity.js';

/**
 * What a card means, for every platform. Renderers (chat/slack/draw, chat/teams/draw, cards/plain-text)
 * draw each part natively in an exhaustive switch, and own the escaping and the platform's limits.
 * A card is plain JSON: it is stored in the outbox as it is.
 */
export interface Card {
  /** Names the card for the gallery and the golden files, kebab-case: `request-pending`. */
  name: string;
  heading?: { text: string; mood?: Mood };
  parts: readonly Part[];
  /** A card about a workspace carries its name and, where the readers may see it, its balance. */
  foot?: { workspace: string; balance?: string };
}

/** Drawn as a symbol and, where the platform can, a colour; the heading's words always carry it too. */
export type Mood = 'good' | 'info' | 'warning' | 'bad';

export type Inline =
  | string
  | { strong: string }
  | { code: string }
  /** Pings: only where the person should be told. Elsewhere the plain name. */
  | { mention: Identity; name: string }
  | { link: string; label: string }
  /** Drawn in the reader's own time zone where the platform can, else in `zone`. */
  | { time: string; show: 'date' | 'dateTime' | 'time'; zone: string };

export type Text = readonly Inline[];

export type Part =
  | { part: 'text'; text: Text; subtle?: boolean }
  | { part: 'facts'; facts: readonly { label: string; value: Text }[] }
  /** Rows a person picks from; each with its own buttons. */
  | { part: 'list'; items: readonly { title: Text; detail?: Text; buttons?: readonly Button[] }[] }
  | { part: 'table'; columns: readonly { heading: string; align?: 'right' }[]; rows: readonly (readonly string[])[] }
  /** Compared amounts; `finding` says in words what the picture shows. */
  | { part: 'bars'; finding: string; bars: readonly ComparedAmount[] }
  /** Charts to be looked at together; `picture` is the address of the picture of them all, for clients that draw none. */
  | { part: 'chart'; charts: readonly Chart[]; picture?: string }
  /** How one amount became another: each step stands where the one before it ended. `finding` says it in words. */
  | { part: 'waterfall'; finding: string; steps: readonly WaterfallStep[] }
  | { part: 'buttons'; buttons: readonly Button[] };

/** From one amount to another; a balance stands on nothing. The amounts are only for the picture, `shown` is what is read. */
export interface WaterfallStep {
  label: string;
  is: 'balance' | 'in' | 'out';
  from: number;
  to: number;
  shown: string;
}

/** `value` is the amount in units of its currency, of which some clients write the number; `shown` is how it is read. */
export interface ComparedAmount {
  label: string;
  value: number;
  shown: string;
}

/** Amounts to compare: one after the other as columns, or one under the other as bars. */
export interface Chart {
  kind: 'columns' | 'bars';
  title: string;
  /** Says in words what it shows: the text of the picture for whoever does not see it. */
  finding: string;
  points: readonly ComparedAmount[];
  /** A line across the columns, to compare them with. */
  usual?: { value: number; shown: string };
}

export type Json = string | number | boolean | null | readonly Json[] | { readonly [key: string]: Json };

/** A command typed in advance: takes the same road as typed words, with the same checks. */
export interface Call {
  command: string;
  args: { readonly [name: string]: Json };
  /** The workspace the card is about; a button acts where its card points. */
  workspace?: string;
  /** Idempotency key of what the button does, minted with the card. */
  key?: string;
}

export type Button = { label: string; style?: 'primary' | 'danger' } & ({ call: Call } | { open: string });

/** A card with inputs: a modal in Slack; in Teams a dialog or an inline card. */
export interface Form {
  name: string;
  /** At most 24 characters (Slack's limit). */
  title: string;
  submit: string;
  intro?: Text;
  /** What runs on submit: these arguments, with the fields' values laid over them. */
  call: Call;
  fields: readonly Field[];
}

export interface Choice {
  value: string;
  label: string;
}

export type Field = { name: string; label: string; hint?: string; optional?: boolean; error?: string } & (
  | { input: 'line'; initial?: string; maxLength?: number }
  | { input: 'lines'; initial?: string; maxLength?: number }
  /** Typed as people type money; parsed by the command. */
  | { input: 'amount'; initial?: string; currency: string }
  /** A chat channel; its value is the channel's id. `options`: what there is to choose where the platform has no picker of its own. */
  | { input: 'channel'; initial?: string; options: readonly Choice[] }
  /** A chat user; its value is an identity key. */
  | { input: 'person'; initial?: string }
  /** Several chat users; its value is their identity keys with commas between, see cards/several.ts. */
  | { input: 'people'; initial?: string }
  /** `searched`: these are only the first, and the form's command knows the others. */
  | { input: 'choice'; initial?: string; options: readonly Choice[]; searched?: boolean }
);

/** What a form's person typed, by field name, as text. */
export type FieldValues = Readonly<Record<string, string>>;
