import { basename } from 'node:path';
import type { Exhibit } from './exhibit.js';
import type { Picture } from './picture.js';

/** A client's pictures of all exhibits, in their order. */
export interface Column {
  title: string;
  pictures: readonly Picture[];
}

/** The page that shows each card and form in every client, side by side, and then each page of receipts. */
export function indexPage(
  exhibits: readonly Exhibit[],
  columns: readonly Column[],
  receipts: readonly string[],
): string {
  const head = columns.map(({ title }) => `<th>${title}</th>`).join('');
  const rows = exhibits.map(({ name }, index) => {
    const cells = columns.map(({ pictures }) => cell(name, pictures[index]!));
    return `<tr id="${index}"><th><a href="#${index}">${index}</a> ${name}</th>${cells.join('')}</tr>`;
  });
  const pages = receipts.map((file) => `<img src="${basename(file)}" alt="${basename(file, '.png')}" loading="lazy">`);
  return `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<title>Every card and form, in every client</title>
<style>
  body { font: 14px/1.4 system-ui, sans-serif; margin: 2rem; background: #f4f4f4; color: #222 }
  table { border-collapse: collapse; width: 100% }
  thead th { position: sticky; top: 0; background: #f4f4f4; padding: .5rem }
  td, tbody th { padding: .5rem; vertical-align: top; border-top: 1px solid #ccc }
  tbody th { text-align: left; font-weight: normal; width: 10rem }
  img { max-width: 100% }
  .pages img { width: 32%; border: 1px solid #ccc }
  .cut { outline: 3px solid #c00 }
</style>
<h1>Every card and form, in every client</h1>
<p>${exhibits.length} cards and forms. What is outlined in red is wider than its place.</p>
<table><thead><tr><th></th>${head}</tr></thead>
<tbody>
${rows.join('\n')}
</tbody></table>
${pages.length > 0 ? `<h2>Receipts</h2>\n<p class="pages">${pages.join('\n')}</p>` : ''}
</html>
`;
}

function cell(name: string, { file, overflowing }: Picture): string {
  const mark = overflowing ? ' class="cut"' : '';
  return `<td><img src="${basename(file)}" alt="${name}" loading="lazy"${mark}></td>`;
}
