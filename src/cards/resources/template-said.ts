export const WHICH_TEMPLATE = 'Which template do you mean?';

export const templateSaved = (name: string): string => `${name} is saved.`;

export const TEMPLATE_CHANGED_MEANWHILE =
  'Somebody changed it while you were writing. This is how it is now; press Change to go on from there.';

export const templateRestored = (name: string): string => `${name} is back.`;

export const templateArchived = (name: string): string => `${name} is archived.`;
