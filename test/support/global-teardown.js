export default async function stopReplicaSet() {
  await globalThis.replicaSet?.stop();
}
