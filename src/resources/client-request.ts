import { type IndexOptions, Schema } from 'mongoose';

/** What a program asked for, under a key of its own: the same again makes nothing new. */
export interface ClientRequest {
  key: string;
  /** Of what was asked: the key with other content is a conflict. */
  hash: string;
}

export const clientRequestSchema = new Schema<ClientRequest>(
  { key: { type: String, required: true }, hash: { type: String, required: true } },
  { _id: false, strict: 'throw' },
);

/** One resource of a kind for each key in a workspace. */
export function uniqueClientKey(schema: { index(fields: Record<string, 1>, options: IndexOptions): unknown }): void {
  schema.index(
    { account: 1, workspace: 1, 'client.key': 1 },
    { unique: true, partialFilterExpression: { 'client.key': { $exists: true } } },
  );
}
