import { parseArgs } from 'node:util';
import { listSuspense, resolveSuspense, type Suspended } from '../payments/suspense.js';
import { formatMoney } from '../money.js';
import type { Subcommand } from './subcommand.js';
import { UsageFault } from './usage-fault.js';

const LISTED = 100;
const USAGE = 'suspense list | suspense resolve ID --note TEXT';

/** Payments that fit no top-up: a person refunds them at the provider, then says so. */
export const suspense: Subcommand = {
  name: 'suspense',
  usage: USAGE,
  read(args) {
    const { note, positionals } = parsed(args);
    const [what, id, ...rest] = positionals;
    if (what === 'list' && id === undefined && note === undefined) {
      return async () => {
        const lines = (await listSuspense(LISTED)).flatMap(told);
        return { done: true, lines: lines.length > 0 ? lines : ['No payment waits in suspense.'] };
      };
    }
    if (what !== 'resolve' || id === undefined || rest.length > 0 || !note?.trim()) throw new UsageFault(`${USAGE}.`);
    return async (at) => {
      const done = await resolveSuspense(id, note.trim(), at);
      return { done, lines: [done ? `${id} is resolved.` : `${id} is no payment that waits in suspense.`] };
    };
  },
};

function told({
  id,
  account,
  amountMinor,
  returnedMinor,
  currency,
  why,
  workspace,
  topUp,
  entry,
  createdAt,
}: Suspended) {
  const amount = formatMoney(amountMinor, currency);
  const returned = returnedMinor > 0 ? `, ${formatMoney(returnedMinor, currency)} of it has gone back` : '';
  const of = [account, workspace, topUp].filter((part) => part !== undefined).join('  ');
  return [
    `${id}  ${amount}${returned}  since ${createdAt.toISOString()}`,
    `    ${of}  ${why}${entry ? '' : ' (no real money)'}`,
  ];
}

function parsed(args: readonly string[]): { note: string | undefined; positionals: readonly string[] } {
  try {
    const { values, positionals } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { note: { type: 'string' } },
    });
    return { note: values.note, positionals };
  } catch (error) {
    throw new UsageFault(error instanceof Error ? error.message : String(error));
  }
}
