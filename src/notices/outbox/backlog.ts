import mongoose from 'mongoose';
import { OutboxModel } from './outbox-model.js';

/** About what an hour's sending leaves behind at most, however many workspaces there are. */
const MOST_WAITING = 20_000;

/**
 * Whether what can wait may be added to the outbox. While more is due than goes out, whoever prepares many notices leaves
 * them in its own documents, where they cost nothing.
 */
export async function outboxHasRoom(at: Date): Promise<boolean> {
  const waiting = await OutboxModel.countDocuments(
    { state: 'pending', rank: 1, dueAt: mongoose.trusted({ $lte: at }) },
    { limit: MOST_WAITING },
  );
  return waiting < MOST_WAITING;
}
