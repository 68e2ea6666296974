import { badRowWords, csvFault, firstLines } from '../resources/csv-words.js';
import { listOf, press, quoted } from '../parts.js';
import type { Of, Words } from './refusal-words.js';

const IN_ONE_REFUSAL = 4;

/** Contact lists, templates, campaigns and reports, and what is imported into them. */
export function resourceWords(
  reason: Of<'unknownResource' | 'resourceNameTaken' | 'badCsv' | 'fileUnread' | 'importGone'>,
): Words {
  switch (reason.kind) {
    case 'unknownResource': {
      const named = reason.typed ? ` called ${quoted(reason.typed)}` : ' like that any more';
      const next = reason.nearest.length > 0 ? [`Did you mean ${listOf(reason.nearest, 'or')}?`] : undefined;
      return {
        said: [`There is no ${reason.what}${named} here.`],
        ...(next && { next }),
        buttons: [press('All resources', 'resources')],
      };
    }
    case 'resourceNameTaken':
      return {
        said: [`There is a ${reason.what} called ${quoted(reason.name)} already.`],
        next: ['Please choose another name.'],
      };
    case 'badCsv':
      return csvWords(reason);
    case 'fileUnread':
      return fileWords(reason);
    case 'importGone':
      return {
        said: ['That file was imported already, or was sent more than an hour ago.'],
        next: ['Please send it again if it is still to be imported.'],
        buttons: [press('Contact lists', 'contacts')],
      };
  }
}

function csvWords(reason: Of<'badCsv'>): Words {
  if (reason.why !== 'badRows') {
    const { said, next } = csvFault(reason);
    return { said: [`${said} Nothing was imported.`], next: [next] };
  }
  const lines = firstLines(reason.rows.map(badRowWords), IN_ONE_REFUSAL);
  const country = reason.rows.some(({ why }) => why === 'needsCountry');
  return {
    said: [`Nothing was imported yet. ${lines.join(' ')}`],
    next: [
      country ? 'Please mend them, or fill in the country of the numbers.' : 'Please mend them and send it again.',
    ],
  };
}

function fileWords({ why, name }: Of<'fileUnread'>): Words {
  switch (why) {
    case 'tooLarge':
      return { said: [`${name} is too large for me.`], next: ['Please send at most 2 MB at a time.'] };
    case 'gone':
      return { said: [`I can't open ${name} any more.`], next: ['Please send it to me again, in our direct chat.'] };
    case 'notText':
      return { said: [`${name} is no CSV file.`], next: ['Please save it as CSV (UTF-8) and send it again.'] };
  }
}
