export const TAKEN_BACK = 'Taken back.';
