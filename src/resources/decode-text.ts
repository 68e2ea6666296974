import { isUtf8 } from 'node:buffer';

/**
 * A file's bytes as the text that a spreadsheet meant: UTF-8, UTF-16 by its mark, else the Windows code page of western
 * Europe. Undefined for what is no text, such as a workbook.
 */
export function decodeText(bytes: Uint8Array): string | undefined {
  const encoding = byteOrderMark(bytes);
  if (encoding) return withoutNull(new TextDecoder(encoding).decode(bytes));
  return withoutNull(new TextDecoder(isUtf8(bytes) ? 'utf-8' : 'windows-1252').decode(bytes));
}

function byteOrderMark([first, second]: Uint8Array): 'utf-16le' | 'utf-16be' | undefined {
  if (first === 0xff && second === 0xfe) return 'utf-16le';
  return first === 0xfe && second === 0xff ? 'utf-16be' : undefined;
}

const withoutNull = (text: string) => (text.includes('\u0000') ? undefined : text);
