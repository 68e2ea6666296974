import { rolesThat } from '../role-words.js';

export const priceSaved = (item: string): string => `The price of ${item} is saved.`;

export const whoSetsPrices = (): string => `${rolesThat(['primaryOwner'])}, or the account owner for all workspaces,`;
