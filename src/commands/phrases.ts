import type { Word } from './words.js';

/** Natural forms, rewritten into the command they mean. `‹n›` in the line stands for a word that is no plain text. */
const PHRASES: readonly (readonly [RegExp, string])[] = [
  [/^resources? (campaign|report|template|price)s?\b/i, '$1'],
  [/^resources? (?:contacts|contact lists?|lists)\b/i, 'contacts'],
  [/^(?:resources? )?import\b(?: contacts)?/i, 'contacts import'],
  [/^contact lists?\b/i, 'contacts'],
  [/^(?:new|create|make|write)(?: an?)?(?: new)? template\b/i, 'template new'],
  [
    /^(?:how much|what)(?:'s| is| have we| do (?:we|i) have| money)*(?: the| my| our)?(?: left| balance| remaining| got)+/i,
    'balance',
  ],
  [/^how much (?:is left|do (?:we|i) have|have we got)/i, 'balance'],
  [
    /^how long (?:will|does|do|can|would)(?: (?:the|our|my|it|we|this|balance|money|that|credit))*(?: (?:last|have|go on|do|for))*(?: left)?/i,
    'forecast',
  ],
  [/^how long have we got(?: left)?/i, 'forecast'],
  [
    /^when (?:will|does|do|is)(?: (?:the|our|my|it|we|balance|money))*(?: (?:run|running|be))? (?:out|empty|gone)\b/i,
    'forecast',
  ],
  [/^(?:days|time) left$/i, 'forecast'],
  [/^(?:what|how much) (?:would|will|do|does) (\d.*?) (?:cost|take|do)(?: us| me)?$/i, 'forecast $1'],
  [/^(?:can we|could we|do we) (?:afford|have enough for) (\d.*)$/i, 'forecast $1'],
  [/^where (?:did|has|have)(?: all)? (?:the|our|my) (?:money|balance) (?:go|gone)(?: to)?/i, 'why'],
  [/^what (?:took|ate|happened to|has happened to) (?:the|our|my) (?:money|balance)/i, 'why'],
  [/^why (?:is|are|did|has)(?: .*)?$/i, 'why'],
  [/^(?:what did we|how much did we) spend/i, 'usage'],
  [/^(?:(?:this|the) month )?so far$/i, 'usage'],
  [
    /^how was (last month|this month|(?:jan|febr)uary|march|april|may|june|july|august|(?:sept|nov|dec)ember|october)$/i,
    'usage $1',
  ],
  [/^(?:(?:the |this |last )?month|(?:last|this) month(?:'s)? (?:usage|summary|spend))$/i, 'usage $&'],
  [
    /^(?:put|add|load|send|shift|give) (?=(?:[£€$¥₹] ?)?-?\d)(?=.*\bfrom (?!(?:the |my |our )?(?:saved )?card\b))/i,
    'transfer ',
  ],
  [/^(?:send|shift) (?=(?:[£€$¥₹] ?)?-?\d)/i, 'transfer '],
  [/^(?:put|add|pay in|load|fund) (?=(?:[£€$¥₹] ?)?-?\d)/i, 'topup '],
  [/^(?:add|top up) (?:balance|money|funds|credit)/i, 'topup'],
  [/^top up\b/i, 'topup'],
  [/^auto(?:matic(?:ally)?)?[- ]?top[- ]?ups?\b/i, 'auto topup'],
  [/^auto(?:matic(?:ally)?)?[- ]?recharge\b/i, 'auto recharge'],
  [/^(?:turn|switch) (off|on) (?:auto|automatic payments?)$/i, 'auto $1'],
  [/^(pause|resume|stop) (?:auto|automatic payments?)$/i, 'auto $1'],
  [/^automatic payments?\b/i, 'auto'],
  [/^(?:who(?:'s| is) invited|(?:the )?open invitations?|invitations?)$/i, 'invite list'],
  [/^(?:re-?send|renew) (?:the )?invitations? (?:to|of|for) /i, 'invite resend '],
  [/^(?:revoke|withdraw|take back) (?:the )?invitations? (?:to|of|for) /i, 'invite revoke '],
  [/^who(?:'s| is| are)(?: here| we)?\b/i, 'members'],
  [/^make (‹\d+›|@\S+|\S+) (?:the |its )?primary owner$/i, 'handover $1'],
  [/^make (‹\d+›|@\S+|\S+) /i, 'role $1 '],
  [/^hand (?:it |this )?over\b/i, 'handover'],
  [/^give (‹\d+›|@\S+|\S+) an? (standard|pro)(?: (?:seat|licen[cs]e))?\b/i, 'licence $1 $2'],
  [/^(?:kick|take|throw) (‹\d+›|@\S+|\S+) out\b/i, 'remove $1'],
  [/^(?:switch|change|go) to /i, 'switch '],
  [/^(?:new|create)(?: a)?(?: new)? workspace\b/i, 'create'],
  [/^rename (?:it |this |this workspace )?to /i, 'rename '],
  [/^(?:my|open|pending|waiting) requests?$/i, 'requests mine'],
  [/^bind (?:this |the )?channel/i, 'channel bind'],
  [/^who am i\b/i, 'me'],
  [/^(?:alert|warn|tell) (?:me|us) (?:at|below|under|when below) /i, 'alerts at '],
  [/^snooze(?: the| this| these)?(?: alerts?)?\b/i, 'alerts snooze'],
  [/^(?:wake|end (?:the )?snooze|unsnooze)(?: (?:the |this )?alerts?)?$/i, 'alerts wake'],
  [/^quiet hours\b/i, 'alerts quiet'],
  [/^(?:who|what) can (?:help(?: us)?(?: out)?|spare(?: us)?(?: (?:some|any))?(?: balance| money)?)$/i, 'rescue'],
  [/^(?:leave)(?: this)? workspace$/i, 'leave'],
  [/^(?:hi|hello|hey|menu|home)$/i, 'help'],
  [/^(?:create|new|make)(?: an?)?(?: api)? key\b/i, 'dev create'],
  [/^(?:api )?keys$/i, 'dev list'],
  [/^(?:create|new|make|draft)(?: an?)?(?: new)? campaign\b/i, 'campaign new'],
  [/^(start|launch|end|stop|change|edit|archive|restore) (?:the )?campaign\b/i, 'campaign $1'],
  [/^webhooks?\b/i, 'dev webhook'],
  [/^(?:who did what|what (?:has )?happened)(?: here)?/i, 'audit'],
  [/^what did (‹\d+›|@\S+) do(?: here)?/i, 'audit $1'],
  [/^(?:what needs (?:my |our )?attention|is (?:everything|all) (?:ok|okay|fine|well))$/i, 'health'],
];

/** The words with a natural form at their head turned into its command; all else as it was. */
export function rewritePhrase(words: readonly Word[]): Word[] {
  const line = words.map((word, index) => (word.kind === 'word' ? word.text : `‹${index}›`)).join(' ');
  const asked = line.replace(/[?!.]+$/, '');
  for (const [pattern, becomes] of PHRASES) {
    if (pattern.test(asked)) return backToWords(asked.replace(pattern, becomes), words);
  }
  return [...words];
}

function backToWords(line: string, words: readonly Word[]): Word[] {
  return line
    .split(' ')
    .filter(Boolean)
    .map((text) => {
      const index = /^‹(\d+)›$/.exec(text)?.[1];
      return (index && words[Number(index)]) || { kind: 'word', text };
    });
}
