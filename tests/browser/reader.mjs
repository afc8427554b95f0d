// A reader on a phone without scripts: she subscribes, confirms, reads, leaves, and finds that she left by mistake.

import assert from 'node:assert/strict'
import { PHONE, fill, follow, person, press, reads, sees } from './person.mjs'

const ADDRESS = 'anna@readers.example'

export default async function ({ browser, world, ask }) {
  const page = await person(browser, { base: world.base, scripts: false, viewport: PHONE })

  await page.goto('/')
  await follow(page, 'Pieteikties')
  await reads(page, 'Pieteikties “Sēlijas salu ziņām”')
  await fill(page, { 'Jūsu e-pasta adrese': ADDRESS })
  await press(page, 'Pieteikties')
  await reads(page, 'Vēl viens solis')

  const asked = await ask('mail', { to: ADDRESS, link: '/confirm/' })
  await page.goto(asked.link)
  assert.equal((await ask('subscription', { address: ADDRESS })).state, 'pending', 'looking confirms nothing')
  await press(page, 'Apstiprināt')
  assert.equal((await ask('subscription', { address: ADDRESS })).state, 'confirmed')

  await ask('issue')
  const bulletin = await ask('mail', { to: ADDRESS, link: '/leave/' })
  // The first link leads to the issue in the browser. The page at home may be a minute old in hers.
  await page.goto(bulletin.links[0])
  await sees(page, 'Ritē lasa pasakas')
  assert.equal(await page.locator('img').evaluateAll(all => all.filter(image => image.naturalWidth > 0).length), 1, 'the photo is there')
  await follow(page, 'Ritē lasa pasakas')
  await reads(page, 'Ritē lasa pasakas')

  await page.goto(bulletin.link)
  await reads(page, 'Atteikties no izdevuma “Sēlijas salu ziņas”')
  assert.equal((await ask('subscription', { address: ADDRESS })).state, 'confirmed', 'looking leaves nothing')
  await press(page, 'Atteikties no jaunumiem')
  await reads(page, 'Vairs Jums nerakstīsim')
  assert.equal((await ask('subscription', { address: ADDRESS })).state, 'unsubscribed')
  await press(page, 'Atteicos nejauši – vēlos saņemt arī turpmāk')
  await reads(page, 'Paliekat mūsu lasītājos')
  assert.equal((await ask('subscription', { address: ADDRESS })).state, 'confirmed')
  assert.deepEqual(page.faults, [])
}
