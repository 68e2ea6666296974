import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';

/** Inter: Latin with all its accents, Greek, Cyrillic and the currency signs. SIL Open Font License. */
const FILES = {
  regular: '@expo-google-fonts/inter/400Regular/Inter_400Regular.ttf',
  strong: '@expo-google-fonts/inter/600SemiBold/Inter_600SemiBold.ttf',
} as const;

/** Stands for a character that the typeface does not have. */
export const MISSING = '□';

export interface Typeface {
  regular: Buffer;
  strong: Buffer;
  /** Where the two are, for what reads them itself. */
  files: readonly string[];
  /** The text as it can be drawn: what the typeface lacks (Chinese, Japanese, Arabic, emoji …) becomes `□`. */
  printable(text: string): string;
}

let loaded: Promise<Typeface> | undefined;

/** The typeface of receipts and pictures, read once. */
export function typeface(): Promise<Typeface> {
  loaded ??= load();
  return loaded;
}

async function load(): Promise<Typeface> {
  const { create } = await import('fontkit');
  const { resolve } = createRequire(import.meta.url);
  const files = [resolve(FILES.regular), resolve(FILES.strong)];
  const [regular, strong] = await Promise.all([readFile(resolve(FILES.regular)), readFile(resolve(FILES.strong))]);
  const font = create(regular);
  if (!('hasGlyphForCodePoint' in font)) throw new Error('the typeface is a collection');
  const shown = (character: string) => (font.hasGlyphForCodePoint(character.codePointAt(0)!) ? character : MISSING);
  return { regular, strong, files, printable: (text) => [...visible(text)].map(shown).join('') };
}

/** Without control, direction and joining characters and variation selectors, which are never drawn by themselves. */
function visible(text: string): string {
  return text.normalize('NFC').replace(/[\p{Cc}\p{Cf}\ufe00-\ufe0f]/gu, '');
}
