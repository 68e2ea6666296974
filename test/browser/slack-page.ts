import type { Locator, Page } from 'playwright-core';

/** local-slack's own page, used as a person uses it: by what is written on it. */
export class SlackPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.page.locator('.sidebar-item').first().waitFor();
  }

  async actAs(name: string): Promise<void> {
    await this.page.getByLabel('Act as').selectOption(name);
  }

  /** A channel by its name, a direct message by the person's, the app's Home by the app's. */
  async goTo(place: string): Promise<void> {
    await this.page.locator('.sidebar-item', { hasText: place }).first().click();
  }

  async type(text: string): Promise<void> {
    const composer = this.page.locator('.composer-input');
    await composer.fill(text);
    // A name at the end would still be offered for completion.
    await composer.press('Space');
    await composer.press('Enter');
  }

  /** The message that says this, once it is there. */
  async message(words: string): Promise<Locator> {
    const message = this.page.locator('.msg', { hasText: words }).last();
    await message.waitFor();
    return message;
  }

  async press(on: Locator, label: string): Promise<void> {
    await on.getByRole('button', { name: label, exact: true }).click();
  }

  /** Follows a link of a card, in a tab of its own. */
  async follow(on: Locator, label: string): Promise<Page> {
    const link = on.getByRole('link', { name: label, exact: true });
    const [page] = await Promise.all([this.page.waitForEvent('popup'), link.click()]);
    await page.waitForLoadState();
    return page;
  }

  async modal(title: string): Promise<Locator> {
    const modal = this.page.locator('.modal', { hasText: title }).last();
    await modal.waitFor();
    return modal;
  }
}
