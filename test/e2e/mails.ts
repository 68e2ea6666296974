/** The page of the product's mails, once as many to this address are on it: they go out by themselves, after what caused them. */
export async function mailsPage(product: { url: string }, email: string, atLeast: number): Promise<string> {
  for (;;) {
    const page = await (await fetch(`${product.url}/mails`)).text();
    if (mailsOn(page, email) >= atLeast) return page;
  }
}

/** How many to this address there are on the page. */
export function mailsOn(page: string, email: string): number {
  return page.split(`To ${email}`).length - 1;
}
