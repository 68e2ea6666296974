import { z } from 'zod';
import type { Action } from '../workspace/permissions.js';
import { flag, text } from './argument.js';
import type { Args } from './command.js';
import type { Reader } from './reader.js';

export const alertsArgs = z.strictObject({
  /** `20%`, `5 days`, an amount, or several of them. */
  at: z.string().max(60, 'a percentage, days or an amount').optional(),
  change: flag,
  /** `22:00-7:00`, or `off`. */
  quiet: z.string().max(40, 'times like 22:00-7:00, or off').optional(),
  changeQuiet: flag,
  /** What the form showed: another may have changed it since. */
  was: z.string().max(120).optional(),
  snooze: flag,
  /** `4h`, `tomorrow`. */
  until: z.string().max(40, 'a time like 4h or tomorrow').optional(),
  why: text(200).optional(),
  wake: flag,
  /** How many alerts a day the person gets directly at most. */
  direct: z.string().max(4, 'a number').optional(),
  changeDirect: flag,
});
export type AlertsArgs = z.output<typeof alertsArgs>;

/** What one gets oneself is one's own business. */
export function actionOfAlerts({ direct: _own, changeDirect: _form, ...others }: Args): Action {
  const changes = Object.values(others).some((value) => value !== undefined);
  return changes ? 'setAlerts' : 'seeAlerts';
}

/** `at 20% or 5 days`, `quiet 22:00-7:00`, `snooze 4h because payday`, `wake`, `direct 5`. */
export function readAlerts(words: Reader): Args {
  switch (words.verb(['snooze', 'wake', 'quiet', 'direct'])) {
    case 'snooze': {
      const why = words.textAfter('because');
      words.drop('for', 'until', 'till', 'please');
      return { snooze: true, why, until: words.rest() };
    }
    case 'wake':
      return { wake: true };
    case 'quiet': {
      words.drop('hours', 'from', 'between');
      const quiet = words.rest();
      return quiet ? { quiet } : { changeQuiet: true };
    }
    case 'direct': {
      const direct = words.word();
      words.drop('a', 'day');
      return direct ? { direct } : { changeDirect: true };
    }
    case undefined:
      return { at: words.textAfter('at', 'under', 'below') ?? words.rest() };
  }
}
