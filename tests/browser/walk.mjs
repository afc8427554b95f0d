// Opens an example of every page that there is, looks at all that `checks.mjs` knows, and draws it for the album.
//
// The world names the examples: `name`; `base` and `path`; `status` if not 200; `as` for a page of an editor, whose
// session stands in `world.editors`; for a page that only answers a form `fill` with what is typed into fields by their
// names and `press` with the selector of a button; `framed` for a page with a frame; `brief` for one in another language; `follows` for one that comes after
// the example before it.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { album } from './album.mjs'
import { COLOURS, axe, frames, layout, shape, sizes, spaced, unspaced } from './checks.mjs'
import { DESK, PHONE, person, tab } from './person.mjs'

const NARROW = { width: 320, height: 640 }
// Both cores work, also while a page is waited for.
const SIDE_BY_SIDE = 3

export default async function ({ browser, world }) {
  const signedIn = {}
  for (const { who, base, cookie } of world.editors) {
    const session = { ...cookie, domain: new URL(base).hostname, path: '/', expires: -1, httpOnly: true, secure: true, sameSite: 'Lax' }
    signedIn[`${base} ${who}`] = { cookies: [session], origins: [] }
  }
  mkdirSync(world.screenshots, { recursive: true })
  const faults = []
  const left = []
  for (const example of world.examples) example.follows ? left.at(-1).push(example) : left.push([example])
  const walk = async () => {
    const visitor = new Visitor(browser, signedIn, world.screenshots)
    for (let some = left.shift(); some; some = left.shift()) {
      for (const example of some) {
        const found = (await visitor.visit(example).catch(fault => [fault.message])).map(fault => `${example.name}: ${fault}`)
        // At once, in case the time is over before the walk is.
        for (const fault of found) console.error(fault)
        faults.push(...found)
      }
    }
  }
  await Promise.all(Array.from({ length: SIDE_BY_SIDE }, walk))
  album(world.screenshots, world.examples)
  assert.equal(faults.length, 0, `${faults.length} faults`)
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
    faults.push(...await this.#look(page, session, example))
    if (example.press && !example.as) await page.context().clearCookies()
    return [...new Set(faults)]
  }

  async #window({ base, as }) {
    const key = `${base} ${as ?? ''}`
    if (!this.#windows.has(key)) {
      const page = await person(this.browser, { base, storage: this.signedIn[key] })
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
      // Whose browser checks no forms is told by the answer.
      await page.evaluate(() => { for (const form of document.forms) form.noValidate = true })
      await unfold(page)
      for (const [field, value] of Object.entries(fill ?? {})) await type(page.locator(`[name="${field}"]`), value)
      const isPage = response => response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400)
      const answered = page.waitForResponse(isPage)
      const landed = page.waitForEvent('load')
      await page.locator(press).first().click()
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

  async #look(page, session, { name, framed, brief }) {
    const faults = await shape(page)
    const note = (mode, found) => faults.push(...found.map(fault => `${mode}: ${fault}`))
    for (const viewport of [PHONE, DESK]) {
      await page.setViewportSize(viewport)
      note(viewport.width, await layout(page))
      // The same page in other words is drawn once a width.
      const schemes = brief ? [viewport === PHONE ? 'light' : 'dark'] : ['light', 'dark']
      for (const colorScheme of this.pictures ? schemes : []) {
        await page.emulateMedia({ colorScheme })
        await draw(page, session, viewport, join(this.pictures, `${name}-${viewport.width}-${colorScheme}.png`))
      }
    }
    // From here on with all that can be unfolded.
    await unfold(page)
    await whole(page, DESK)
    note('dark', await axe(page, COLOURS))
    await page.emulateMedia({ colorScheme: 'light' })
    note('light', await axe(page))
    await page.setViewportSize(DESK)
    note(DESK.width, [...await layout(page), ...await sizes(page)])
    await page.setViewportSize(PHONE)
    note(PHONE.width, [...await layout(page), ...await sizes(page)])
    if (framed) note('frame', await frames(page))
    await page.setViewportSize(NARROW)
    note('320', await layout(page))
    if (!brief) note('keyboard', await keyboard(page))
    await spaced(page)
    await whole(page, NARROW)
    note('320 spaced', [...await layout(page), ...await axe(page)])
    await unspaced(page)
    note('afterwards', page.faults)
    return faults
  }
}

const unfold = page => page.evaluate(() => { for (const details of document.querySelectorAll('details')) details.open = true })

// A text; `true` for what is ticked; the value of one of several; a file. What is hidden is as on a page that is old.
async function type(fields, value) {
  const field = fields.first()
  if (value === true) return field.check()
  if (value.choose) return field.page().locator(`[name="${await field.getAttribute('name')}"][value="${value.choose}"]`).check()
  if (value.file) return field.setInputFiles({ name: value.file, mimeType: 'text/csv', buffer: Buffer.from(value.text) })
  if (await field.getAttribute('type') !== 'hidden') return field.fill(value)
  return fields.evaluateAll((all, value) => all.forEach(hidden => { hidden.value = value }), value)
}

// A window as high as the page, so that what sticks to the foot of the screen stands at the foot and covers nothing.
async function whole(page, { width, height }) {
  const high = await page.evaluate(() => document.documentElement.scrollHeight)
  await page.setViewportSize({ width, height: Math.min(Math.max(height, high), 16_000) })
}

async function draw(page, session, viewport, path) {
  await whole(page, viewport)
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
  await writeFile(path, data, 'base64')
  await page.setViewportSize(viewport)
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
