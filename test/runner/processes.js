import runner from 'jest-light-runner/child-process';
import Tinypool from 'tinypool';

/*
 * A process asks what it is to know when it takes its first file. The runner answers whoever is to have an answer then,
 * once: a process that was not listening yet, as on a busy machine, would wait for ever. Here each gets its own.
 */
const { run } = Tinypool.prototype;

Tinypool.prototype.run = function runWithOwnChannel(file, { channel }) {
  let tellProcess;
  const own = {
    onMessage(listener) {
      tellProcess = listener;
    },
    postMessage(question) {
      channel.onMessage(tellProcess);
      channel.postMessage(question);
    },
  };
  return run.call(this, file, { channel: own });
};

export default runner;
