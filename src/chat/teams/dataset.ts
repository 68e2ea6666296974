import type { Picker } from '../invocation.js';

const PREFIX = 'choices';

/** A form's field, as Teams asks what can be chosen there: `choices/transfer/to/ws_…`. */
export function datasetOf({ command, field, workspace }: Picker): string {
  return [PREFIX, command, field, ...(workspace ? [workspace] : [])].join('/');
}

/** Undefined for a data set that is none of ours. */
export function pickerOf(dataset: string): Picker | undefined {
  const [prefix, command, field, workspace] = dataset.split('/');
  if (prefix !== PREFIX || !command || !field) return undefined;
  return { command, field, ...(workspace ? { workspace } : {}) };
}
