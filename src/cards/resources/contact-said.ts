export const WHICH_LIST = 'Which list do you mean?';

export const listRenamed = (before: string, after: string): string => `${before} is ${after} now.`;

export const listRestored = (name: string): string => `${name} is back.`;

export const listArchived = (name: string): string => `${name} is archived.`;

export const contactTakenOut = (phone: string): string => `${phone} is taken out.`;

export const listFileReady = (name: string): string =>
  `The contacts of ${name} are ready as CSV, in the order they were imported.`;
