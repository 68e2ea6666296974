import { rm } from 'node:fs/promises';

export default async function stopReplicaSet() {
  await globalThis.replicaSet?.stop();
  await rm(process.env.TEST_PROGRAMS, { recursive: true, force: true });
}
