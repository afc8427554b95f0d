// Those who write to the newsroom: they are thanked, and one of them follows what becomes of her news.

import assert from 'node:assert/strict'
import { eventually, follow, reads, sees } from './person.mjs'

// Everything of the month comes in; each writer is thanked with a link to the page of her item.
export async function write({ post, item, sent }) {
  for (const letter of Object.values(sent)) await post.write(letter)
  for (const letter of Object.values(sent)) {
    const found = await eventually(`“${letter.subject}” is an item`, () => item(letter))
    assert.deepEqual([found.state, found.from.address, found.photos.length], ['pending', letter.from, letter.photo ? 1 : 0])
  }
}

// By the link in her thanks: what she sent, what it will be, and no sign-in. Gives the link.
export async function looks(page, { post }, { from, subject }) {
  const thanks = await post.newest(from, '/news/', subject)
  await page.goto(thanks.link)
  await reads(page, 'Jūsu ziņa')
  await sees(page, 'Paldies, ziņu esam saņēmuši.')
  await sees(page, subject)
  return thanks.link
}

// Her own page leads to what was published, and a mail does.
export async function isPublished(page, { post }, { from, subject }, link) {
  await page.goto(link)
  await sees(page, 'Ziņa ir publicēta')
  await follow(page, 'Skatīt publicēto ziņu')
  await reads(page, subject)
  const path = new URL(page.url()).pathname
  assert.equal(await page.locator('main img').evaluateAll(all => all.filter(image => image.naturalWidth > 0).length), 1, 'her photo')
  await post.newest(from, path)
}
