// Opens an example of every page that there is, looks at all that `checks.mjs` knows, and draws it for the album.
//
// The world names the examples: `name`; `path`; `base` if not the world's; `status` if not 200; `as` for a page behind
// a sign-in, whose link stands in `world.links`; and for a page that only answers a form `fill` with what is typed into
// fields by their names and `press` with the value of a button, or `submit` for the only one.

import assert from 'node:assert/strict'
import { join } from 'node:path'
import { album } from './album.mjs'
import { axe, layout, shape, sizes, spaced, unspaced } from './checks.mjs'
import { DESK, PHONE, person, signIn, tab } from './person.mjs'

const NARROW = { width: 320, height: 640 }
// Both cores draw.
const SIDE_BY_SIDE = 2

export default async function ({ browser, world }) {
  const signedIn = {}
  for (const [who, link] of Object.entries(world.links ?? {})) {
    const page = await person(browser, { base: world.base })
    await signIn(page, link)
    signedIn[who] = await page.context().storageState()
    await page.context().close()
  }
  const faults = []
  const left = [...world.examples]
  const walk = async () => {
    const visitor = new Visitor(browser, signedIn, world.screenshots)
    for (let example = left.shift(); example; example = left.shift()) {
      const found = await visitor.visit({ ...example, base: example.base ?? world.base })
      faults.push(...found.map(fault => `${example.name}: ${fault}`))
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, walk))
  album(world.screenshots, world.examples)
  assert.equal(faults.length, 0, `${faults.length} faults:\n${faults.sort().join('\n')}`)
}

// Goes from page to page; keeps a window for each newsroom and each person there, since opening one is slow.
export class Visitor {
  #windows = new Map()

  constructor(browser, signedIn, pictures) {
    Object.assign(this, { browser, signedIn, pictures })
  }

  // All faults of one page. One that answers a form is looked at without scripts only: it cannot be opened twice.
  async visit(example) {
    const { page, session } = await this.#window(example)
    await page.setViewportSize(PHONE)
    await page.emulateMedia({ colorScheme: 'light' })
    const open = scripts => this.#open(page, session, example, scripts)
    const faults = []
    const note = (mode, found) => faults.push(...found.map(fault => `${mode}: ${fault}`))
    note('no script', await open(false))
    // Where there is none, people without scripts see the same as all others.
    const scripted = await page.evaluate(() => document.querySelector('script, noscript') !== null)
    if (scripted && !example.press) {
      note('no script', [...await shape(page), ...await layout(page), ...await axe(page)])
      faults.push(...await open(true))
    }
    faults.push(...await this.#look(page, example.name))
    if (example.press && !example.as) await page.context().clearCookies()
    return [...new Set(faults)]
  }

  async #window({ base, as }) {
    const key = `${base} ${as ?? ''}`
    if (!this.#windows.has(key)) {
      const page = await person(this.browser, { base, storage: this.signedIn[as] })
      this.#windows.set(key, { page, session: await page.context().newCDPSession(page) })
    }
    return this.#windows.get(key)
  }

  // Leads to the page; its own scripts do not run if so wished, but ours may afterwards.
  async #open(page, session, { path, status, fill, press }, scripts) {
    page.faults.length = 0
    await session.send('Emulation.setScriptExecutionDisabled', { value: !scripts })
    let answer = await page.goto(path)
    if (press) {
      for (const [field, value] of Object.entries(fill ?? {})) await page.locator(`main [name="${field}"]`).fill(value)
      const button = press === 'submit' ? 'main form button' : `button[value="${press}"]`
      const isPage = response => response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400)
      const answered = page.waitForResponse(isPage)
      const landed = page.waitForEvent('load')
      await page.locator(button).click()
      answer = await answered
      await landed
    }
    await session.send('Emulation.setScriptExecutionDisabled', { value: false })
    const expected = status ?? 200
    const faults = answer.status() === expected ? [] : [`status ${answer.status()} instead of ${expected}`]
    // Chromium says on the console that a page is not there, which here is meant.
    faults.push(...page.faults.filter(fault => expected < 400 || !fault.includes('Failed to load resource')))
    page.faults.length = 0
    return faults
  }

  async #look(page, name) {
    const faults = await shape(page)
    const note = (mode, found) => faults.push(...found.map(fault => `${mode}: ${fault}`))
    for (const viewport of [PHONE, DESK]) {
      await page.setViewportSize(viewport)
      note(viewport.width, [...await layout(page), ...await sizes(page)])
      for (const colorScheme of ['light', 'dark']) {
        await page.emulateMedia({ colorScheme })
        if (viewport === DESK) note(colorScheme, await axe(page))
        if (this.pictures) await draw(page, viewport, join(this.pictures, `${name}-${viewport.width}-${colorScheme}.png`))
      }
    }
    await page.emulateMedia({ colorScheme: 'light' })
    await page.setViewportSize(NARROW)
    note('320', await layout(page))
    note('keyboard', await keyboard(page))
    await spaced(page)
    note('320 spaced', [...await layout(page), ...await axe(page)])
    await unspaced(page)
    note('afterwards', page.faults)
    return faults
  }
}

// The whole page in a window as high as it is, so that what sticks to the foot of the screen stands at the foot.
async function draw(page, { width, height }, path) {
  const whole = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.min(Math.max(height, whole), 16_000) })
  await page.screenshot({ path })
  await page.setViewportSize({ width, height })
}

// From the first to the last stop of the Tab key.
async function keyboard(page) {
  await page.evaluate(() => scrollTo(0, 0))
  try {
    for (let steps = 0; steps < 300; steps++) if (!await tab(page)) break
    return []
  } catch (fault) {
    return [fault.message]
  }
}
