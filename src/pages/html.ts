import { readUrl } from '../read-url.js';

/** Markup that is safe to send: made by `html` alone, which escapes every value that is not markup itself. */
export class Html {
  readonly markup: string;
  private constructor(markup: string) {
    this.markup = markup;
  }

  /** For markup written in this repository, with nothing of anybody else's in it. */
  static own(markup: string): Html {
    return new Html(markup);
  }

  static of(strings: TemplateStringsArray, values: readonly HtmlValue[]): Html {
    return new Html(strings.reduce((markup, part, index) => markup + rendered(values[index - 1]) + part));
  }
}

export type HtmlValue = Html | string | number | false | undefined | readonly HtmlValue[];

/** A template whose values are escaped; `false` and `undefined` leave nothing. Attribute values stand in double quotes. */
export function html(strings: TemplateStringsArray, ...values: readonly HtmlValue[]): Html {
  return Html.of(strings, values);
}

function rendered(value: HtmlValue): string {
  if (value === undefined || value === false) return '';
  if (value instanceof Html) return value.markup;
  if (typeof value === 'object') return value.map(rendered).join('');
  return escaped(String(value));
}

const ENTITIES: ReadonlyMap<string, string> = new Map([
  ['&', '&amp;'],
  ['<', '&lt;'],
  ['>', '&gt;'],
  ['"', '&quot;'],
  ["'", '&#39;'],
]);

function escaped(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => ENTITIES.get(sign) ?? sign);
}

/** The address if it is an http(s) one: a link must never run a script. */
export function safeUrl(url: string): string | undefined {
  const protocol = readUrl(url)?.protocol;
  return protocol === 'https:' || protocol === 'http:' ? url : undefined;
}
