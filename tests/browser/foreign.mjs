// An editor looks at a stranger's mail, and nobody out there hears of it. `world` has the `page` with the frame, the
// `frame` alone, the session of an editor, and the `html` of the mail, which names a listener in every way there is.
// `connections` asks how often somebody came there.

import assert from 'node:assert/strict'
import { person } from './person.mjs'

// Milliseconds in which a browser does what it does by itself.
const WHILE = 3000

export default async function ({ browser, world, ask }) {
  const heard = async () => {
    await new Promise(over => setTimeout(over, WHILE))
    return ask('connections')
  }
  const page = await person(browser, { base: world.base })
  await page.context().addCookies([{ ...world.cookie, url: world.base.replace('http:', 'https:'), httpOnly: true, secure: true, sameSite: 'Lax' }])
  for (const path of [world.page, world.frame]) {
    await page.goto(path)
    const shown = path === world.page ? page.frameLocator('iframe') : page
    await shown.getByText('Nāciet uz talku!').waitFor()
    await shown.getByRole('link').first().hover()
    assert.equal(await heard(), 0, `${path} told somebody`)
    assert.ok(page.url().endsWith(path), `the mail led on to ${page.url()}`)
  }
  assert.deepEqual(page.faults, [])

  // The same mail as it came is heard, so there was something to hear.
  const bare = await person(browser, { base: world.base })
  await bare.setContent(world.html, { waitUntil: 'commit' })
  assert.ok(await heard() > 0, 'the listener hears nobody')
}
