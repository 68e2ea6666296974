import { z } from 'zod';
import { LICENCES } from '../workspace/entities.js';
import { fold } from '../workspace/fold.js';
import { tidy } from './words.js';

/** The messages follow "Please give …". */
export const text = (most: number) =>
  z
    .string()
    .transform(tidy)
    .pipe(z.string().min(1, 'some text').max(most, `at most ${most} characters`));

/** A workspace's or a key's name. */
export const name = z
  .string()
  .transform(tidy)
  .pipe(
    z
      .string()
      .max(60, 'a name of 1 to 60 characters')
      .refine((typed) => fold(typed) !== '', 'a name of 1 to 60 characters'),
  );

/** An identity key, an e-mail address, a person's id, or a name as it was typed. */
export const person = z.string().max(254, 'a person');

/** The primary owner's role is handed over, never given. */
export const role = z.enum(['member', 'admin', 'owner'], 'a role: member, admin or owner');

export const licence = z.enum(LICENCES, 'a licence: standard or pro');

/** Read by the command, which knows the currency. */
export const amount = z.string().max(100, 'an amount');

/** A box that was pressed or a word that was typed. */
export const flag = z.boolean().optional();

/** A page's start; a form sends it as text. */
export const offset = z.coerce.number().int().min(0).max(1_000_000).optional();
