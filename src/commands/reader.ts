import type { Licence, Role } from '../workspace/entities.js';
import { isCurrencyWord, looksLikeAmount } from '../money.js';
import { shown, type Word } from './words.js';

const ROLE_WORDS: Readonly<Record<string, Exclude<Role, 'primaryOwner'>>> = {
  member: 'member',
  members: 'member',
  admin: 'admin',
  admins: 'admin',
  administrator: 'admin',
  administrators: 'admin',
  owner: 'owner',
  owners: 'owner',
};
const LICENCE_WORDS: Readonly<Record<string, Licence>> = { standard: 'standard', pro: 'pro' };
const NOT_IN_NAMES = new Set(['to', 'in', 'for', 'of', 'on', 'from', 'as', 'because']);
const FILLER = new Set(['a', 'an', 'the', 'please', 'and', '&', '+']);

/** Takes from typed words what a command knows; what stays behind is `left`. */
export class Reader {
  #words: Word[];
  constructor(words: readonly Word[]) {
    this.#words = [...words];
  }

  get left(): readonly Word[] {
    return this.#words;
  }

  /**
   * People as references: identity keys, e-mail addresses, or `@name` as it was typed. Names before addresses in angle
   * brackets, as mail programs paste them, go with them.
   */
  people(): string[] {
    const people: string[] = [];
    const others: Word[] = [];
    let before: Word[] = [];
    for (const word of this.#words) {
      const person = personOf(word);
      if (!person) {
        before.push(word);
        continue;
      }
      people.push(person);
      if (!(word.kind === 'email' && word.named && before.every(mayBeName))) others.push(...before);
      before = [];
    }
    this.#words = [...others, ...before];
    return people;
  }

  /** User groups as references. */
  groups(): string[] {
    const groups = this.#words.flatMap((word) => (word.kind === 'group' ? [word.group] : []));
    this.#words = this.#words.filter((word) => word.kind !== 'group');
    return groups;
  }

  /** One person: a mention or address; where none is, everything up to a preposition is a name. */
  person(): string | undefined {
    const at = this.#words.findIndex((word) => personOf(word));
    if (at >= 0) return personOf(this.#words.splice(at, 1)[0]!);
    return this.textBefore('to', 'as', 'from', 'in', 'because');
  }

  role(...introducedBy: readonly string[]): Exclude<Role, 'primaryOwner'> | undefined {
    return this.#oneOf(ROLE_WORDS, introducedBy);
  }

  licence(...introducedBy: readonly string[]): Licence | undefined {
    return this.#oneOf(LICENCE_WORDS, introducedBy);
  }

  /** The value of the first word that is one of these, wherever it stands. */
  choice<T extends string>(values: readonly T[]): T | undefined {
    return this.#oneOf(Object.fromEntries(values.map((value) => [value, value])) as Record<string, T>, []);
  }

  /** The first of all words, where it is one of these: a verb, behind which a name may hold any word. */
  verb<T extends string>(values: readonly T[]): T | undefined {
    const [first] = this.#words;
    const verb = first?.kind === 'word' ? values.find((value) => value === first.text.toLowerCase()) : undefined;
    if (verb) this.#words.shift();
    return verb;
  }

  /** The value of the first word that the vocabulary has. */
  oneOf<T>(vocabulary: Readonly<Record<string, T>>): T | undefined {
    return this.#oneOf(vocabulary, []);
  }

  /** Takes words out that only join others. */
  drop(...texts: readonly string[]): void {
    this.#words = this.#words.filter((word) => word.kind !== 'word' || !texts.includes(word.text.toLowerCase()));
  }

  /** The words that stand for an amount, where any does. */
  amountTyped(): string | undefined {
    return this.#words.some((word) => word.kind === 'word' && looksLikeAmount(word.text)) ? this.amount() : undefined;
  }

  /** The text after the first of these keywords, up to the next of the others. */
  textBetween(keywords: readonly string[], ends: readonly string[]): string | undefined {
    const isOneOf = (texts: readonly string[]) => (word: Word) =>
      word.kind === 'word' && texts.includes(word.text.toLowerCase());
    const start = this.#words.findIndex(isOneOf(keywords));
    if (start < 0) return undefined;
    const length = this.#words.slice(start + 1).findIndex(isOneOf(ends));
    const taken = this.#words.splice(start, length < 0 ? this.#words.length : length + 1);
    return joined(taken.slice(1)) || undefined;
  }

  /** The words that stand for an amount, well typed or not; where none does, the first word, so that it can be refused by name. */
  amount(): string | undefined {
    return this.amountIfAny() ?? this.word();
  }

  /** The first words that stand for an amount. */
  amountIfAny(): string | undefined {
    let start = this.#words.findIndex((word) => word.kind === 'word' && looksLikeAmount(word.text));
    if (start < 0) return undefined;
    if (start > 0 && isAmountPart(this.#words[start - 1])) start -= 1;
    return this.#amountAt(start);
  }

  /** The amount right after one of these keywords; where none is, the word there, so that it can be refused by name. */
  amountAfter(...keywords: readonly string[]): string | undefined {
    const at = this.#cutKeyword(keywords);
    if (at === undefined) return undefined;
    return this.#amountAt(at) ?? (joined(this.#words.splice(at, 1)) || undefined);
  }

  /** The word right after this keyword. */
  wordAfter(keyword: string): string | undefined {
    const at = this.#cutKeyword([keyword]);
    return at === undefined ? undefined : joined(this.#words.splice(at, 1)) || undefined;
  }

  /** Takes out the first of these runs of plain words that was typed; false where none was. */
  phrase(...forms: readonly string[]): boolean {
    const typed = this.#words.map((word) => (word.kind === 'word' ? word.text.toLowerCase() : ''));
    for (const form of forms) {
      const run = form.split(' ');
      const at = typed.findIndex((_, start) => run.every((text, index) => typed[start + index] === text));
      if (at < 0) continue;
      this.#words.splice(at, run.length);
      return true;
    }
    return false;
  }

  word(): string | undefined {
    const first = this.#words.shift();
    return first && shown(first);
  }

  /** The first plain word of that form. */
  matching(form: RegExp): string | undefined {
    const at = this.#words.findIndex((word) => word.kind === 'word' && form.test(word.text));
    const [found] = at >= 0 ? this.#words.splice(at, 1) : [];
    return found && shown(found);
  }

  /** `30d`, `30 days`. */
  days(): string | undefined {
    const short = this.matching(/^\d{1,4}d(ays?)?$/i);
    if (short) return /^\d+/.exec(short)?.[0];
    const at = this.#words.findIndex((word) => word.kind === 'word' && /^days?$/i.test(word.text));
    const number = this.#words[at - 1];
    if (number?.kind !== 'word' || !/^\d{1,4}$/.test(number.text)) return undefined;
    this.#words.splice(at - 1, 2);
    return number.text;
  }

  channel(): { channel: string; name: string } | undefined {
    const at = this.#words.findIndex((word) => word.kind === 'channel');
    const [found] = at >= 0 ? this.#words.splice(at, 1) : [];
    return found?.kind === 'channel' ? { channel: found.channel, name: found.name } : undefined;
  }

  /** The text up to one of these keywords. */
  textBefore(...keywords: readonly string[]): string | undefined {
    const end = this.#words.findIndex((word) => word.kind === 'word' && keywords.includes(word.text.toLowerCase()));
    return joined(this.#words.splice(0, end < 0 ? this.#words.length : end)) || undefined;
  }

  /** The text after the last of these keywords, to the end. */
  textAfter(...keywords: readonly string[]): string | undefined {
    const at = this.#words.findLastIndex((word) => word.kind === 'word' && keywords.includes(word.text.toLowerCase()));
    if (at < 0) return undefined;
    return joined(this.#words.splice(at).slice(1)) || undefined;
  }

  rest(): string | undefined {
    return joined(this.#words.splice(0)) || undefined;
  }

  dropFiller(): void {
    this.#words = this.#words.filter((word) => word.kind !== 'word' || !FILLER.has(word.text.toLowerCase()));
  }

  /** Takes the keyword out and answers where it stood. */
  #cutKeyword(keywords: readonly string[]): number | undefined {
    const at = this.#words.findIndex((word) => word.kind === 'word' && keywords.includes(word.text.toLowerCase()));
    if (at < 0) return undefined;
    this.#words.splice(at, 1);
    return at;
  }

  #amountAt(start: number): string | undefined {
    let end = start;
    while (isAmountPart(this.#words[end])) end += 1;
    return end > start ? joined(this.#words.splice(start, end - start)) : undefined;
  }

  #oneOf<T>(vocabulary: Readonly<Record<string, T>>, introducedBy: readonly string[]): T | undefined {
    const at = this.#words.findIndex(
      (word) => word.kind === 'word' && Object.hasOwn(vocabulary, word.text.toLowerCase()),
    );
    const found = this.#words[at];
    if (found?.kind !== 'word') return undefined;
    let start = at;
    for (let before = this.#words[start - 1]; before?.kind === 'word'; before = this.#words[start - 1]) {
      const text = before.text.toLowerCase();
      if (!introducedBy.includes(text) && !FILLER.has(text)) break;
      start -= 1;
    }
    this.#words.splice(start, at - start + 1);
    return vocabulary[found.text.toLowerCase()];
  }
}

function isAmountPart(word: Word | undefined): boolean {
  return word?.kind === 'word' && (looksLikeAmount(word.text) || isCurrencyWord(word.text));
}

function personOf(word: Word): string | undefined {
  if (word.kind === 'person') return word.person;
  if (word.kind === 'email') return word.email;
  if (word.kind === 'word' && /^@\S/.test(word.text)) return word.text;
  return undefined;
}

function mayBeName(word: Word): boolean {
  return word.kind === 'quoted' || (word.kind === 'word' && !NOT_IN_NAMES.has(word.text.toLowerCase()));
}

function joined(words: readonly Word[]): string {
  return words.map(shown).join(' ');
}
