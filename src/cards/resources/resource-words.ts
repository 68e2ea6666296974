import { count } from '../parts.js';

export const campaignDetail = (state: string): string => `Campaign · ${state}`;

export const listDetail = (contacts: number): string => `Contact list · ${count(contacts, 'contact')}`;

export const templateDetail = (item: string): string => `Template · ${item}`;
