import type { Logger } from 'pino';
import { apologyCard } from '../cards/refusals/apology-card.js';
import type { Answer, Dispatch, Invocation } from './invocation.js';
import { type ChatPort, DeliveryFailure } from './port.js';

type Log = Pick<Logger, 'info' | 'warn' | 'error'>;

/**
 * The road of everything that is typed, clicked or submitted, once its edge has verified and read it:
 * runs the command, and shows the person the answer through the platform's port. Never rejects: a failure
 * is logged with the invocation's reference, which the person gets in an apology where one can be delivered.
 * Resolves with what was answered.
 */
export async function receive<Moment>(
  invocation: Invocation,
  dispatch: Dispatch,
  port: ChatPort<Moment>,
  moment: Moment,
  log: Log,
): Promise<Answer> {
  const answer = await answerTo(invocation, dispatch, log);
  await deliver(answer, invocation, port, moment, log);
  return answer;
}

/** Runs the command. What is thrown is an outage (refusals come back as cards): logged, and answered with an apology. */
export async function answerTo(invocation: Invocation, dispatch: Dispatch, log: Log): Promise<Answer> {
  const started = performance.now();
  const about = {
    reference: invocation.reference,
    platform: invocation.place.platform,
    tenant: invocation.place.tenant,
  };
  try {
    const answer = await dispatch(invocation);
    log.info({ ...about, answer: answer.kind, ms: Math.round(performance.now() - started) }, 'answered');
    return answer;
  } catch (error) {
    log.error({ ...about, err: error }, 'a command failed');
    return { kind: 'private', card: apologyCard(invocation.reference) };
  }
}

/** Shows the person an answer; where that fails for sure, an apology in its place. Never rejects. */
export async function deliver<Moment>(
  answer: Answer,
  invocation: Pick<Invocation, 'reference'>,
  port: ChatPort<Moment>,
  moment: Moment,
  log: Log,
): Promise<void> {
  const { reference } = invocation;
  try {
    await show(answer, port, moment);
  } catch (error) {
    log.error({ reference, err: error }, 'an answer could not be shown');
    if (mayHaveArrived(error)) return;
    try {
      await port.privately(moment, apologyCard(reference));
    } catch (second) {
      log.error({ reference, err: second }, 'the apology could not be shown either');
    }
  }
}

async function show<Moment>(answer: Answer, port: ChatPort<Moment>, moment: Moment): Promise<void> {
  switch (answer.kind) {
    case 'private': {
      const { replace = false, lasting = false } = answer;
      return port.privately(moment, answer.card, { replace, lasting });
    }
    case 'open':
      return port.openly(moment, answer.card, answer.where);
    case 'form':
      return port.openForm(moment, answer.form);
    case 'done':
    case 'found':
    case 'choices':
      return;
  }
}

function mayHaveArrived(error: unknown): boolean {
  return error instanceof DeliveryFailure && error.outcome.kind === 'unknown';
}
