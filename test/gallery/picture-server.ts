import { createServer } from 'node:http';
import express from 'express';
import type { Card } from '../../src/cards/card.js';
import { createPictures } from '../../src/charts/pictures.js';
import { createEncryption } from '../../src/encryption.js';
import { picturePages } from '../../src/pages/picture-pages.js';

/** Draws the charts of cards, as the product does for Slack. */
export interface PictureServer {
  /** The card with its pictures where this server has them. */
  withPictures(card: Card): Card;
  close(): void;
}

export async function startPictureServer(port: number): Promise<PictureServer> {
  const encryption = createEncryption([{ id: 'gallery', key: Buffer.alloc(32, 1) }]);
  const pictures = createPictures(encryption, `http://127.0.0.1:${port}`);
  const server = createServer(express().use(picturePages(pictures)));
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve));
  return {
    withPictures: (card) => ({
      ...card,
      parts: card.parts.map((part) => {
        if (part.part !== 'chart' || part.picture === undefined) return part;
        const { picture: _elsewhere, ...rest } = part;
        const picture = pictures.addressOf(part.charts);
        return picture === undefined ? rest : { ...rest, picture };
      }),
    }),
    close: () => void server.close(),
  };
}
