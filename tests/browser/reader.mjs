// A reader on a phone without scripts: she subscribes, confirms, reads, leaves, and finds that she left by mistake. In the
// month she also writes back and moves to another address. `newest` gives her mails, `state` is that of a subscription.

import assert from 'node:assert/strict'
import { PHONE, fill, follow, leads, person, press, reads, sees } from './person.mjs'

const ADDRESS = 'anna@readers.example'

export default async function ({ browser, world, ask }) {
  const page = await person(browser, { base: world.base, scripts: false, viewport: PHONE })
  const newest = (to, link) => ask('mail', { to, link })
  const state = async address => (await ask('subscription', { address })).state
  await subscribe(page, { newest, state }, ADDRESS)
  await ask('issue')
  const bulletin = await newest(ADDRESS, '/leave/')
  await read(page, bulletin, 'Ritē lasa pasakas')
  await page.goto(bulletin.link)
  await leave(page, { state }, ADDRESS)
  await press(page, 'Atteicos nejauši – vēlos saņemt arī turpmāk')
  await reads(page, 'Paliekat mūsu lasītājos')
  assert.equal(await state(ADDRESS), 'confirmed')
  assert.deepEqual(page.faults, [])
}

export async function subscribe(page, { newest, state }, address) {
  await page.goto('/')
  await fill(page, { 'Jūsu e-pasta adrese': address })
  await press(page, 'Pieteikties')
  await reads(page, 'Vēl viens solis')

  const asked = await newest(address, '/confirm/')
  await page.goto(asked.link)
  assert.equal(await state(address), 'pending', 'looking confirms nothing')
  await press(page, 'Apstiprināt')
  assert.equal(await state(address), 'confirmed')
}

// The first link leads to the issue in the browser. The page at home may be a minute old in hers.
export async function read(page, bulletin, title) {
  await page.goto(bulletin.links[0])
  await sees(page, title)
  assert.equal(await page.locator('main img').evaluateAll(all => all.filter(image => image.naturalWidth > 0).length), 1, 'the photo is there')
  await follow(page, title)
  await reads(page, title)
}

// The bulletin's link may have been forwarded, so what is hers alone begins with a mail to her. Her wish is nothing until
// the new address has confirmed it; the old one is told.
export async function move(page, { newest, state }, bulletin, from, to) {
  await page.goto(bulletin.links.find(link => link.includes('/preferences/')))
  await reads(page, 'Mani iestatījumi')
  await leads(page, () => page.getByRole('button', { name: /^Sūtīt saiti uz / }).click())
  await sees(page, 'Vēstule ir ceļā uz')
  const own = await newest(from, '/mine/')
  await page.goto(own.link)
  await reads(page, 'Mani dati')
  await follow(page, 'Cita e-pasta adrese')
  await fill(page, { 'Jaunā adrese': to })
  await press(page, 'Nosūtīt vēstuli')
  await sees(page, 'Ja uz jauno adresi drīkstam rakstīt, pēc brīža tur būs vēstule.')
  const asked = await newest(to, '/address/')
  await page.goto(asked.link)
  await reads(page, 'Apstiprināt jauno adresi')
  assert.deepEqual([await state(from), await state(to)], ['confirmed', undefined], 'looking moves nothing')
  await press(page, 'Apstiprināt')
  await reads(page, 'Adrese ir nomainīta')
  assert.deepEqual([await state(from), await state(to)], [undefined, 'confirmed'])
  await newest(from, '', 'Pēc Jūsu lūguma “Sēlijas salu ziņu” numurus turpmāk sūtīsim uz adresi')
}

export async function leave(page, { state }, address) {
  await reads(page, 'Atteikties no izdevuma “Sēlijas salu ziņas”')
  assert.equal(await state(address), 'confirmed', 'looking leaves nothing')
  await press(page, 'Atteikties no jaunumiem')
  await reads(page, 'Vairs Jums nerakstīsim')
  assert.equal(await state(address), 'unsubscribed')
}
