import { saveReportForm } from '../cards/resources/report-cards.js';
import { type Args, workspaceCommand } from './command.js';
import { aboutWorkspace } from './context.js';
import { MONTHS } from './months.js';
import type { Reader } from './reader.js';
import { reportArgs } from './report-args.js';
import { keepReport, listReports, putReportAway, takeReportBack } from './report-kept.js';
import { argsOfAsk, exportReport, showReport } from './report-show.js';
import { reportWanted } from './report-subject.js';

const CHANGES: readonly unknown[] = ['save', 'archive', 'restore'];
export const changesReport = ({ what }: Args) => CHANGES.includes(what);

const BY_PHRASES = {
  resource: ['by campaign', 'by campaigns', 'by resource'],
  item: ['by item', 'by items'],
  person: ['by person', 'by people', 'by member'],
  day: ['by day', 'by days', 'daily'],
} as const;

/** Spend and volume of a campaign, item, person or period; some of them kept under a name. */
export const report = workspaceCommand({
  args: reportArgs,
  read,
  async form(context, args) {
    if (args.what !== 'save' || args.name !== undefined) return undefined;
    const { ask, subject } = await reportWanted(context, args);
    const about = await aboutWorkspace(context.services.ledger, context.workspace);
    return saveReportForm({ about, args: argsOfAsk(ask), ...(subject !== undefined && { initial: subject }) });
  },
  run(context, args) {
    switch (args.what) {
      case 'save':
        return keepReport(context, args);
      case 'saved':
      case 'archived':
        return listReports(context, args);
      case 'archive':
        return putReportAway(context, args);
      case 'restore':
        return takeReportBack(context, args);
      case undefined:
        return args.csv ? exportReport(context, args) : showReport(context, args);
    }
  },
});

function read(words: Reader): Args {
  if (words.left.length === 1 && words.phrase('saved', 'list', 'kept')) return { what: 'saved' };
  const csv = words.choice(['csv', 'export']) && true;
  const days = words.days();
  const by = (Object.keys(BY_PHRASES) as (keyof typeof BY_PHRASES)[]).find((one) => words.phrase(...BY_PHRASES[one]));
  const month = monthTyped(words);
  const [person] = words.people();
  words.drop('last', 'of', 'for', 'by', 'campaign');
  const item = words.wordAfter('item');
  const about = words.rest();
  return { csv, by, person, item, about, ...(days === undefined ? { month } : { period: `${days}d` }) };
}

/** `this month`, `last month`; a month's name is one only at the end, as campaigns are called by months too. */
function monthTyped(words: Reader): string | undefined {
  if (words.phrase('this month', 'so far')) return 'this';
  if (words.phrase('last month')) return 'last';
  const last = words.left.at(-1);
  const text = last?.kind === 'word' ? last.text.toLowerCase() : '';
  return MONTHS.includes(text) || /^\d{4}-\d{2}$/.test(text) ? words.matching(new RegExp(`^${text}$`, 'i')) : undefined;
}
