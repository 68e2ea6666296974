export default async function stopReplicaSet(): Promise<void> {
  await globalThis.replicaSet?.stop();
}
