import type { Locator, Page } from 'playwright-core';

/** The Agents Playground's own page, used as Adam uses it: by what is written on it. */
export class TeamsPage {
  readonly page: Page;
  constructor(page: Page) {
    this.page = page;
  }

  async open(address: string): Promise<void> {
    await this.page.goto(address);
    await this.goTo('Personal Chat');
    await this.page.getByRole('button', { name: 'Hide log panel' }).click();
  }

  async goTo(place: 'Personal Chat' | 'Acme - Marketing'): Promise<void> {
    await this.page.getByRole('treeitem', { name: place }).click();
  }

  /** Typed to the bot in the personal chat. */
  async type(text: string): Promise<void> {
    await this.page.locator('div[role=textbox]').last().click();
    await this.page.keyboard.insertText(text);
    await this.page.getByRole('button', { name: 'Send Message' }).click();
  }

  /** A new post in the channel that mentions the bot. */
  async post(text: string): Promise<void> {
    await this.page.locator('div[role=textbox]').first().click();
    await this.page.keyboard.type('@Work');
    await this.page.getByRole('menuitem', { name: 'Workspace' }).click();
    await this.page.keyboard.insertText(` ${text}`);
    await this.page.getByRole('button', { name: 'Post', exact: true }).click();
  }

  /** The latest card that says this, once it is there. */
  async card(words: string): Promise<Locator> {
    const card = this.page.locator('.ac-adaptiveCard', { hasText: words }).last();
    await card.waitFor();
    await card.scrollIntoViewIfNeeded();
    return card;
  }

  async press(on: Locator, label: string): Promise<void> {
    await on.getByRole('button', { name: label, exact: true }).click();
  }

  /** Follows a button that opens an address, in a tab of its own. */
  async follow(on: Locator, label: string): Promise<Page> {
    const link = on.getByRole('link', { name: label, exact: true });
    const [page] = await Promise.all([this.page.context().waitForEvent('page'), link.click()]);
    await page.waitForLoadState();
    return page;
  }
}
