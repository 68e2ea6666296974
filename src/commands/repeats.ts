import mongoose from 'mongoose';
import type { Answer } from '../chat/invocation.js';
import { isDuplicateKey } from '../mongo.js';
import { digest } from '../workspace/canonical.js';
import type { AccountId, PersonId } from '../workspace/entities.js';
import type { Args } from './command.js';

const { Schema } = mongoose;
const KEPT_MS = 7 * 24 * 60 * 60 * 1000;

interface FirstAnswer {
  /** The person, the command with its arguments, and the operation's key. */
  _id: string;
  account: AccountId;
  answer: Answer;
  expiresAt: Date;
}

const firstAnswer = new Schema<FirstAnswer>(
  {
    _id: { type: String, required: true },
    account: { type: String, required: true },
    answer: { type: Schema.Types.Mixed, required: true },
    expiresAt: { type: Date, required: true },
  },
  { collection: 'first_answers', versionKey: false, strict: 'throw', minimize: false },
);
firstAnswer.index({ expiresAt: 1 }, { expireAfterSeconds: 0 });
const FirstAnswerModel = mongoose.model('FirstAnswer', firstAnswer);

interface Operation {
  account: AccountId;
  person: PersonId;
  command: string;
  args: Args;
  key: string;
  at: Date;
}

/**
 * Runs an operation, or gives the answer it gave the first time under the same key. Another call under that key (the
 * other button of a card, or an altered one) is not answered with it: the domain says what becomes of it. Only the
 * words are kept here: that two racing repeats have one effect is the domain's doing, by its own keys and conditions.
 */
export async function onceOnly(operation: Operation, run: () => Promise<Answer>): Promise<Answer> {
  const { account, person, command, args, key, at } = operation;
  const _id = `${person}:${command}:${key}:${digest(args)}`;
  const first = await FirstAnswerModel.findOne({ _id, account }).lean<FirstAnswer>();
  if (first) return first.answer;
  const answer = await run();
  const expiresAt = new Date(at.getTime() + KEPT_MS);
  try {
    await FirstAnswerModel.updateOne({ _id, account }, { $setOnInsert: { answer, expiresAt } }, { upsert: true });
  } catch (error) {
    // A repeat that ran at the same time has kept its own.
    if (!isDuplicateKey(error)) throw error;
  }
  return answer;
}
