import type { Locator } from 'playwright-core';

/** A card as a client showed it. */
export interface Picture {
  file: string;
  /** What is wider than its place, and so cut off or hidden. */
  overflowing: boolean;
}

/** Waits until it is shown with all its images, and takes a picture of it. */
export async function takePicture(shown: Locator, file: string): Promise<Picture> {
  await shown.waitFor();
  await shown.evaluate((element) => Promise.all([...element.querySelectorAll('img')].map((image) => image.decode())));
  const overflowing = await shown.evaluate((element) => element.scrollWidth > element.clientWidth + 1);
  await shown.screenshot({ path: file });
  return { file, overflowing };
}
