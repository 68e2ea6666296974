import type { Button, Card, Chart, Inline, Part, Text } from '../cards/card.js';
import { plainText, timeWords } from '../cards/plain-text.js';
import { html, type Html, safeUrl } from '../pages/html.js';
import type { Mail } from './mailer.js';

/**
 * The card as a mail. Buttons that open an address are links; buttons that run a command need the chat,
 * which a mail's reader may not have, and are left out.
 */
export function cardMail(card: Card): Pick<Mail, 'subject' | 'text' | 'html'> {
  const links = openButtons(card);
  const words: Card = { ...card, parts: card.parts.filter((part) => part.part !== 'buttons').map(withoutButtons) };
  const text = [plainText(words), ...links.map(({ label, open }) => `${label}: ${open}`)].join('\n\n');
  return { subject: subjectOf(card), text, html: document(card, links).markup };
}

type OpenButton = { label: string; open: string };

function openButtons(card: Card): OpenButton[] {
  const buttons = card.parts.flatMap((part): readonly Button[] => (part.part === 'buttons' ? part.buttons : []));
  return buttons.flatMap((button) =>
    'open' in button && safeUrl(button.open) ? [{ label: button.label, open: button.open }] : [],
  );
}

function withoutButtons(part: Part): Part {
  if (part.part !== 'list') return part;
  return { ...part, items: part.items.map(({ title, detail }) => (detail ? { title, detail } : { title })) };
}

/** One line, without the line breaks that could smuggle a header in. */
function subjectOf(card: Card): string {
  const first = card.heading?.text ?? plainText(card).split('\n')[0] ?? card.name;
  return first.replace(/\s+/g, ' ').trim().slice(0, 150);
}

const FONT = 'font-family:system-ui,-apple-system,Segoe UI,Roboto,Helvetica,Arial,sans-serif';

function document(card: Card, links: readonly OpenButton[]): Html {
  return html`<!doctype html>
<html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width"></head>
<body style="margin:0;padding:24px 12px;background:#f4f5f8;color:#1a1f2b;${FONT};font-size:16px;line-height:1.55">
<div style="max-width:34rem;margin:0 auto;padding:28px;background:#ffffff;border:1px solid #dfe3ea;border-radius:14px">
${card.heading && html`<h1 style="margin:0 0 14px;font-size:21px;line-height:1.3">${card.heading.text}</h1>`}
${card.parts.map(partHtml)}
${links.length > 0 && html`<p style="margin:20px 0 4px">${links.map(linkButton)}</p>`}
${card.foot && html`<p style="margin:20px 0 0;color:#5d6678;font-size:13px">${card.foot.workspace}${card.foot.balance && ` · ${card.foot.balance}`}</p>`}
</div></body></html>
`;
}

function linkButton({ label, open }: OpenButton): Html {
  return html`<a href="${open}" style="display:inline-block;margin:0 8px 8px 0;padding:11px 20px;background:#4a4fd8;color:#ffffff;border-radius:9px;font-weight:600;text-decoration:none">${label}</a>`;
}

function partHtml(part: Part): Html {
  switch (part.part) {
    case 'text':
      return part.subtle
        ? html`<p style="margin:0 0 12px;color:#5d6678;font-size:14px">${textHtml(part.text)}</p>`
        : html`<p style="margin:0 0 12px">${textHtml(part.text)}</p>`;
    case 'facts':
      return html`<p style="margin:0 0 12px">${part.facts.map((fact) => html`<span style="color:#5d6678">${fact.label}:</span> ${textHtml(fact.value)}<br>`)}</p>`;
    case 'list':
      return html`<ul style="margin:0 0 12px;padding-left:20px">${part.items.map((item) => html`<li>${textHtml(item.title)}${item.detail && html` · ${textHtml(item.detail)}`}</li>`)}</ul>`;
    case 'table':
      return tableHtml(part);
    case 'bars':
      return html`<p style="margin:0 0 12px">${part.finding}<br>${part.bars.map((bar) => html`${bar.label}: <strong>${bar.shown}</strong><br>`)}</p>`;
    case 'chart':
      return html`${part.charts.map(chartHtml)}`;
    case 'waterfall':
      return partHtml({ part: 'bars', finding: part.finding, bars: part.steps.map((step) => ({ ...step, value: 0 })) });
    case 'buttons':
      return html``;
  }
}

/** The bars in words, as in a mail of their own: many readers show no pictures. */
function chartHtml({ kind, finding, points }: Chart): Html {
  return partHtml({ part: 'bars', finding, bars: kind === 'bars' ? points : [] });
}

function tableHtml(part: Extract<Part, { part: 'table' }>): Html {
  const side = (index: number) => part.columns[index]?.align ?? 'left';
  const cell = (text: string, index: number) =>
    html`<td style="padding:5px 14px 5px 0;text-align:${side(index)}">${text}</td>`;
  return html`<table style="margin:0 0 12px;border-collapse:collapse;font-size:14px">
<tr style="color:#5d6678">${part.columns.map((column, index) => cell(column.heading, index))}</tr>
${part.rows.map((row) => html`<tr>${row.map(cell)}</tr>`)}
</table>`;
}

function textHtml(text: Text): readonly Html[] {
  return text.map(inlineHtml);
}

function inlineHtml(inline: Inline): Html {
  if (typeof inline === 'string') return html`${inline}`;
  if ('strong' in inline) return html`<strong>${inline.strong}</strong>`;
  if ('code' in inline) return html`<code>${inline.code}</code>`;
  if ('mention' in inline) return html`${inline.name}`;
  if ('link' in inline)
    return safeUrl(inline.link) ? html`<a href="${inline.link}">${inline.label}</a>` : html`${inline.label}`;
  return html`${timeWords(inline.time, inline.show, inline.zone)}`;
}
