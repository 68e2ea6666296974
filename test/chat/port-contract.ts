import { afterAll, beforeAll, expect, test } from '@jest/globals';
import type { Card, Chart, Form } from '../../src/cards/card.js';
import {
  type ChatPort,
  type ChatTarget,
  DeliveryFailure,
  type DeliveryOutcome,
  type MessageRef,
} from '../../src/chat/port.js';
import type { Identity } from '../../src/workspace/identity.js';

/** What a platform's stand-in shows of one message, as its reader sees it. */
export interface Seen {
  words: string;
  buttons: readonly string[];
  /** Whom it notifies by name, and where its words (not its buttons) lead. */
  pings: readonly string[];
  links: readonly string[];
}

export type Trouble = 'rateLimited' | 'unreachable' | 'cut' | 'botRemoved';

/** A platform's port in front of its strict fake. `dispose` ends both. */
export interface PortHarness<Moment> {
  /** Read anew for each call: trouble may put another in its place. */
  port: ChatPort<Moment>;
  person: Identity;
  channel: ChatTarget;
  /** A channel that the bot cannot post in, one that is gone, and a person who left. */
  foreignChannel: ChatTarget;
  goneChannel: ChatTarget;
  gonePerson: ChatTarget;
  /** The person does something in the channel, and may be answered. */
  moment(): Promise<Moment>;
  /** The person clicks on the private card that was shown last. */
  clickedMoment(): Promise<Moment>;
  seen(ref: MessageRef): Seen;
  /** What the person alone was shown last, and how often it was edited. */
  seenPrivately(): Seen & { edits: number };
  /** What stands in the message's thread. */
  seenUnder(ref: MessageRef): readonly Seen[];
  /** Messages in the channel, oldest first. */
  seenInChannel(): readonly Seen[];
  /** Labels of the form's fields that the person has before them, if any. */
  formFields(): readonly string[] | undefined;
  /** Takes a message away, as an administrator might. */
  removeMessage(ref: MessageRef): void;
  /** The next call goes wrong; with `cut`, after it was carried out. Ends trouble that lasts with `mended`. */
  trouble(kind: Trouble): Promise<void> | void;
  mended(): Promise<void> | void;
  dispose(): Promise<void>;
}

/** What every chat port does; each platform runs it on its own harness. */
export function portContract<Moment>(start: () => Promise<PortHarness<Moment>>): void {
  const holder: { harness?: PortHarness<Moment> } = {};
  const use = (): PortHarness<Moment> => {
    if (!holder.harness) throw new Error('the harness has not started');
    return holder.harness;
  };
  beforeAll(async () => {
    holder.harness = await start();
  });
  afterAll(async () => {
    await holder.harness?.dispose();
  });

  postingContract(use);
  outcomeContract(use);
  answeringContract(use);
  drawingContract(use);
}

type Harnessed<M> = () => PortHarness<M>;

function postingContract<M>(use: Harnessed<M>): void {
  test('a posted card is found again by its stored reference, and edited in place', async () => {
    const { port, channel, seen, seenInChannel } = use();
    const before = seenInChannel().length;
    const ref: MessageRef = JSON.parse(JSON.stringify(await port.post(channel, saying('First.'), 'n_1')));
    expect(seen(ref).words).toContain('First.');
    await port.update(ref, saying('Second.'));
    await port.update(ref, saying('Third.'));
    expect(seen(ref).words).toContain('Third.');
    expect(seen(ref).words).not.toContain('First.');
    expect(seenInChannel().length).toBe(before + 1);
  });

  test('a card under another stands in its thread, and can be edited there', async () => {
    const { port, channel, seenUnder } = use();
    const above = await port.post(channel, saying('Above.'), 'n_11');
    const other = await port.post(channel, saying('Another.'), 'n_12');
    const below = await port.post(channel, saying('Below.'), 'n_13', above);
    expect(seenUnder(above).map(({ words }) => words.trim())).toEqual(['Below.']);
    expect(seenUnder(other)).toEqual([]);
    await port.update(below, saying('Changed.'));
    expect(seenUnder(above).map(({ words }) => words.trim())).toEqual(['Changed.']);
  });

  test('under a direct card it reaches the person, thread or none', async () => {
    const { port, person, seen } = use();
    const to = { kind: 'direct', identity: person } as const;
    const above = await port.post(to, saying('For you.'), 'n_14');
    expect(seen(await port.post(to, saying('Still waiting.'), 'n_15', above)).words).toContain('Still waiting.');
  });

  test('a direct card reaches the person alone, and can be edited', async () => {
    const { port, person, seen, seenInChannel } = use();
    const before = seenInChannel().length;
    const ref = await port.post({ kind: 'direct', identity: person }, saying('For you.'), 'n_2');
    expect(seen(ref).words).toContain('For you.');
    await port.update(ref, saying('Still for you.'));
    expect(seen(ref).words).toContain('Still for you.');
    expect(seenInChannel().length).toBe(before);
  });
}

function outcomeContract<M>(use: Harnessed<M>): void {
  test('a message that was taken away is told as gone', async () => {
    const { port, channel, removeMessage } = use();
    const ref = await port.post(channel, saying('Soon gone.'), 'n_3');
    removeMessage(ref);
    expect(await outcomeOf(port.update(ref, saying('Too late.')))).toEqual({ kind: 'rejected', why: 'messageGone' });
  });

  test('where nobody can be reached, it says which of them', async () => {
    const { port, foreignChannel, goneChannel, gonePerson } = use();
    const why = async (to: ChatTarget): Promise<DeliveryOutcome> => outcomeOf(port.post(to, saying('Lost.'), 'n_4'));
    expect(await why(foreignChannel)).toEqual({ kind: 'rejected', why: 'botNotInChannel' });
    expect(await why(goneChannel)).toEqual({ kind: 'rejected', why: 'channelGone' });
    expect(await why(gonePerson)).toEqual({ kind: 'rejected', why: 'userGone' });
  });

  test.each<[Trouble, DeliveryOutcome]>([
    ['rateLimited', { kind: 'rateLimited', retryAfterMs: 7_000 }],
    ['unreachable', { kind: 'unreachable' }],
    ['cut', { kind: 'unknown' }],
    ['botRemoved', { kind: 'rejected', why: 'botRemoved' }],
  ])('%s: the outcome says whether a repeat is safe, and the port repeats nothing itself', async (kind, outcome) => {
    const harness = use();
    const { channel, seenInChannel } = harness;
    const before = seenInChannel().length;
    await harness.trouble(kind);
    expect(await outcomeOf(harness.port.post(channel, saying('Perhaps.'), 'n_5'))).toEqual(outcome);
    await harness.mended();
    expect(seenInChannel().length).toBe(before + (kind === 'cut' ? 1 : 0));
    await harness.port.post(channel, saying('Mended.'), 'n_6');
    expect(seenInChannel().at(-1)?.words).toContain('Mended.');
  });
}

function answeringContract<M>(use: Harnessed<M>): void {
  test('a private answer is seen by the person alone', async () => {
    const { port, moment, seenPrivately, seenInChannel } = use();
    const before = seenInChannel().length;
    await port.privately(await moment(), saying('Between us.'));
    expect(seenPrivately().words).toContain('Between us.');
    expect(seenInChannel().filter((seen) => seen.words.includes('Between us.'))).toEqual([]);
    expect(seenInChannel().length).toBe(before);
  });

  test('a private answer replaces the private card that was clicked', async () => {
    const { port, moment, clickedMoment, seenPrivately } = use();
    const pick: Card = {
      name: 'pick',
      parts: [{ part: 'buttons', buttons: [{ label: 'Pick', call: { command: 'list', args: {} } }] }],
    };
    await port.privately(await moment(), pick);
    await port.privately(await clickedMoment(), saying('Picked.'), { replace: true });
    expect(seenPrivately()).toMatchObject({ words: 'Picked.', edits: 1, buttons: [] });
  });

  test('an open answer is seen by all of the channel', async () => {
    const { port, moment, seenInChannel } = use();
    await port.openly(await moment(), saying('For everybody.'));
    expect(seenInChannel().at(-1)?.words).toContain('For everybody.');
  });

  test('a form is put before the person', async () => {
    const { port, moment, formFields } = use();
    await port.openForm(await moment(), FORM);
    expect(formFields()).toEqual(['Who', 'How much', 'Role', 'Why']);
  });
}

function drawingContract<M>(use: Harnessed<M>): void {
  test('every part of a card is readable', async () => {
    const { port, channel, seen } = use();
    const { words, buttons } = seen(await port.post(channel, EVERYTHING, 'n_7'));
    for (const text of EVERY_TEXT) expect(words).toContain(text);
    expect(buttons).toEqual(expect.arrayContaining(['Join', 'Approve', 'Pay £100.00']));
  });

  test('only a mention that a card asks for notifies anybody', async () => {
    const { port, channel, seen, person } = use();
    const card: Card = { name: 'ping', parts: [{ part: 'text', text: ['For ', { mention: person, name: 'Olivia' }] }] };
    expect(seen(await port.post(channel, card, 'n_8')).pings).toHaveLength(1);
  });

  test.each(Object.entries(HOSTILE))('hostile text mentions nobody and leads nowhere: %s', async (_, text) => {
    const { port, channel, seen } = use();
    const { pings, links } = seen(await port.post(channel, sayingEverywhere(text), 'n_9'));
    expect(pings).toEqual([]);
    expect(links).toEqual([]);
  });

  test.each(Object.entries(oversized()))('a card that is too big is cut so that it reads well: %s', async (_, card) => {
    const { port, channel, seen } = use();
    const { words, buttons } = seen(await port.post(channel, card, 'n_10'));
    expect(words).toContain('The heading');
    expect(words).toContain('…');
    expect(buttons.at(-1)).toBe('The last button');
  });
}

async function outcomeOf(delivery: Promise<unknown>): Promise<DeliveryOutcome> {
  try {
    await delivery;
  } catch (error) {
    if (error instanceof DeliveryFailure) return error.outcome;
    throw error;
  }
  throw new Error('it was delivered');
}

function saying(text: string): Card {
  return { name: 'said', parts: [{ part: 'text', text: [text] }] };
}

const FORM: Form = {
  name: 'contract',
  title: 'A form',
  submit: 'Send',
  intro: ['Fill this in.'],
  call: { command: 'ask', args: {} },
  fields: [
    { name: 'who', label: 'Who', input: 'person' },
    { name: 'amount', label: 'How much', input: 'amount', currency: 'GBP' },
    { name: 'role', label: 'Role', input: 'choice', options: [{ value: 'admin', label: 'Admin' }] },
    { name: 'why', label: 'Why', input: 'lines', optional: true, hint: 'A sentence will do.' },
  ],
};

const EVERY_TEXT = [
  'Low: Marketing has £18.40',
  'A plain line.',
  'strong',
  'ws_1',
  'Seats',
  '2 free',
  'Sales',
  'Mailing',
  '£7.00',
  'SMS is most.',
  'Marketing',
];

const EVERYTHING: Card = {
  name: 'everything',
  heading: { text: 'Low: Marketing has £18.40', mood: 'warning' },
  parts: [
    { part: 'text', text: ['A plain line.'] },
    {
      part: 'text',
      text: [
        'With ',
        { strong: 'strong' },
        ' and ',
        { code: 'ws_1' },
        ' of ',
        { time: '2026-11-22T10:00:00Z', show: 'date', zone: 'UTC' },
      ],
      subtle: true,
    },
    { part: 'facts', facts: [{ label: 'Seats', value: ['2 free'] }] },
    {
      part: 'list',
      items: [
        { title: ['Sales'], detail: ['£40.00'], buttons: [{ label: 'Join', call: { command: 'join', args: {} } }] },
      ],
    },
    {
      part: 'table',
      columns: [{ heading: 'Resource' }, { heading: 'Spent', align: 'right' }],
      rows: [['Mailing', '£7.00']],
    },
    { part: 'bars', finding: 'SMS is most.', bars: [{ label: 'SMS', value: 7, shown: '£7.00' }] },
    {
      part: 'chart',
      charts: [
        {
          kind: 'columns',
          title: 'Each day',
          finding: 'Most on the 1st.',
          points: [{ label: '1', value: 7, shown: '£7.00' }],
        },
      ],
      picture: 'https://bot.test/picture/x.png',
    },
    {
      part: 'buttons',
      buttons: [
        { label: 'Approve', style: 'primary', call: { command: 'approve', args: { id: 'req_1' } } },
        { label: 'Pay £100.00', open: 'https://pay.test/1' },
      ],
    },
  ],
  foot: { workspace: 'Marketing', balance: '£18.40' },
};

const HOSTILE: Readonly<Record<string, string>> = {
  "Slack's mentions": '<!channel> <@U0OLIVIA> <#C0MARK|x>',
  "Slack's links": '<https://evil.test|your bank> https://evil.test',
  "Slack's marks": '*bold* _it_ ~no~ `code` ```block```\n> quote',
  markdown: '[your bank](https://evil.test) ![x](https://evil.test/x.png)',
  "Teams' mentions and templates": '<at>Olivia</at> @everyone {{DATE(2026-01-01T00:00:00Z,SHORT)}} ${x}',
  'a formula': '=HYPERLINK("https://evil.test")',
  'text that turns direction': '\u202Egnihton\u2066 مرحبا שלום',
  emoji: '👩‍👩‍👧‍👦'.repeat(200),
  'escapes and control characters': '&amp;lt;script&gt; "quotes" \\ \u0000 \u0007',
};

function chartSaying(text: string): Chart {
  return { kind: 'columns', title: text, finding: text, points: [{ label: text, value: 1, shown: text }] };
}

function sayingEverywhere(text: string): Card {
  return {
    name: 'hostile',
    heading: { text, mood: 'info' },
    parts: [
      { part: 'text', text: [text] },
      { part: 'text', text: ['By ', { strong: text }, ' with ', { code: text }, text] },
      { part: 'facts', facts: [{ label: text, value: [text] }] },
      { part: 'list', items: [{ title: [text], detail: [text] }] },
      { part: 'table', columns: [{ heading: text }], rows: [[text]] },
      { part: 'bars', finding: text, bars: [{ label: text, value: 1, shown: text }] },
      { part: 'chart', charts: [chartSaying(text)] },
      { part: 'chart', charts: [chartSaying(text)], picture: 'https://bot.test/picture/x.png' },
      { part: 'buttons', buttons: [{ label: text, call: { command: 'list', args: {} } }] },
    ],
    foot: { workspace: text },
  };
}

function oversized(): Record<string, Card> {
  const long = 'A sentence of some words & <more> of them, '.repeat(120);
  const last: Card['parts'] = [
    { part: 'buttons', buttons: [{ label: 'The last button', call: { command: 'list', args: {} } }] },
  ];
  const card = (...parts: Card['parts']): Card => ({
    name: 'big',
    heading: { text: 'The heading' },
    parts: [...parts, ...last],
  });
  const times = <T>(count: number, make: (at: number) => T): T[] => Array.from({ length: count }, (_, at) => make(at));
  return {
    'one long text': card({ part: 'text', text: [long] }),
    'one long text with mark-up': card({ part: 'text', text: ['By ', { strong: 'Olivia' }, ' ', long] }),
    'sixty texts': card(...times(60, () => ({ part: 'text' as const, text: [long] }))),
    'a hundred rows with buttons': card({
      part: 'list',
      items: times(100, (at) => ({
        title: [`Row ${at}`],
        buttons: [{ label: `Go ${at}`, call: { command: 'list', args: {} } }],
      })),
    }),
    'forty long facts': card({ part: 'facts', facts: times(40, (at) => ({ label: `Fact ${at}`, value: [long] })) }),
    'a table of a thousand rows': card({
      part: 'table',
      columns: [{ heading: 'Resource' }, { heading: 'Spent', align: 'right' }],
      rows: times(1_000, (at) => [`Resource ${at}`, `£${at}.00`]),
    }),
  };
}
