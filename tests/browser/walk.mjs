// Opens an example of every page that there is, looks at all that `checks.mjs` knows, and draws it for the album.
//
// The world names the examples: `name`; `base` and `path`; `status` if not 200; `as` for a page of an editor, whose
// session stands in `world.editors`; for a page that only answers a form `fill` with what is typed into fields by their
// names and `press` with the selector of a button; `ends` if the session is over by then; `framed` for a page with a frame; `brief` for one in another language; `follows` for one that comes after
// the example before it.

import assert from 'node:assert/strict'
import { mkdirSync } from 'node:fs'
import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { album } from './album.mjs'
import { COLOURS, axe, frames, inert, layout, shape, sizes, spaced, unspaced } from './checks.mjs'
import { DESK, PHONE, person, tab } from './person.mjs'

const NARROW = { width: 320, height: 640 }
// Both cores work, also while a page is waited for.
const SIDE_BY_SIDE = 3

export default async function ({ browser, world }) {
  const signedIn = {}
  for (const { who, base, cookie } of world.editors) {
    signedIn[`${base} ${who}`] = { ...cookie, url: base.replace('http:', 'https:'), httpOnly: true, secure: true, sameSite: 'Lax' }
  }
  mkdirSync(world.screenshots, { recursive: true })
  const faults = []
  const left = []
  const known = new Set()
  for (const example of world.examples) example.follows ? left.at(-1).push(example) : left.push([example])
  const walk = async () => {
    const visitor = new Visitor(browser, signedIn, world.screenshots, known)
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

// Goes from page to page in one window, since opening one is slow; as whoever the example says.
export class Visitor {
  #window

  // `known` is what the Tab key was at.
  constructor(browser, signedIn, pictures, known = new Set()) {
    Object.assign(this, { browser, signedIn, pictures, known })
  }

  // All faults of one page. One that answers a form is looked at without scripts only: it cannot be opened twice. So is
  // one in other words, which differs from its fellow in their length alone.
  async visit(example) {
    const { page, session } = await this.#enter(example)
    await page.setViewportSize(PHONE)
    await page.emulateMedia({ colorScheme: 'light' })
    const faults = []
    const note = (mode, found) => faults.push(...found.map(fault => `${mode}: ${fault}`))
    note('no script', await this.#open(page, session, example, false))
    // Where there is none, people without scripts see the same as all others.
    const scripted = await page.evaluate(() => document.querySelector('script, noscript') !== null)
    const again = scripted && !example.press && !example.brief
    if (again) {
      await unfold(page)
      await whole(page, PHONE)
      note('no script', [...await shape(page), ...await inert(page), ...await layout(page), ...await axe(page)])
      await page.setViewportSize(PHONE)
      faults.push(...await this.#open(page, session, example, true))
    }
    faults.push(...await this.#look(page, session, example, again ? COLOURS : undefined))
    if (example.press && !example.as) await page.context().clearCookies()
    return [...new Set(faults)]
  }

  // Newsrooms on one machine share the cookies of a browser.
  async #enter({ base, as }) {
    if (!this.#window) {
      const page = await person(this.browser, { base })
      this.#window = { page, session: await page.context().newCDPSession(page) }
    }
    const { page } = this.#window
    const key = `${base} ${as ?? ''}`
    if (this.#window.key !== key) {
      await page.goto('about:blank')
      await page.context().clearCookies()
      if (as) await page.context().addCookies([this.signedIn[key]])
      page.base = base
      this.#window.key = key
    }
    return this.#window
  }

  // Leads to the page; its own scripts do not run if so wished, but ours may afterwards.
  async #open(page, session, { path, status, fill, press, ends }, scripts) {
    page.faults.length = 0
    await session.send('Emulation.setScriptExecutionDisabled', { value: !scripts })
    let answer = await page.goto(page.base + path)
    if (press) {
      // Whose browser checks no forms is told by the answer.
      await page.evaluate(() => { for (const form of document.forms) form.noValidate = true })
      await unfold(page)
      for (const [field, value] of Object.entries(fill ?? {})) await type(page.locator(`[name="${field}"]`), value)
      const isPage = response => response.request().isNavigationRequest() && (response.status() < 300 || response.status() >= 400)
      if (ends) {
        await page.context().clearCookies()
        this.#window.key = undefined
      }
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

  // Three times all rules: as it was without scripts, in light on a desk, in the dark on the narrowest screen with the
  // widest spacing. In light on a desk only `rules`, if all were asked before.
  async #look(page, session, { name, framed, brief }, rules) {
    const faults = [...await shape(page), ...await inert(page)]
    const note = (mode, found) => faults.push(...found.map(fault => `${mode}: ${fault}`))
    for (const viewport of [PHONE, DESK]) {
      await page.setViewportSize(viewport)
      note(viewport.width, await layout(page))
      if (!this.pictures) continue
      await whole(page, viewport)
      for (const colorScheme of brief ? ['light'] : ['dark', 'light']) {
        await page.emulateMedia({ colorScheme })
        await draw(session, join(this.pictures, `${name}-${viewport.width}-${colorScheme}.png`))
      }
    }
    // From here on with all that can be unfolded.
    await unfold(page)
    await whole(page, DESK)
    note('light', await axe(page, rules))
    note(DESK.width, [...await layout(page), ...await sizes(page)])
    if (framed) note('frame', await frames(page))
    await page.setViewportSize(NARROW)
    note('320', [...await layout(page), ...await sizes(page)])
    if (await this.#new(page)) note('keyboard', await keyboard(page))
    await spaced(page)
    if (!brief) await page.emulateMedia({ colorScheme: 'dark' })
    await whole(page, NARROW)
    note('320 spaced', await layout(page))
    if (!brief) note('320 dark spaced', await axe(page))
    await unspaced(page)
    note('afterwards', page.faults)
    return faults
  }

  // The Tab key has not yet been at everything of which this page has one. What bars a page has may hide what is under
  // them, so that they count.
  async #new(page) {
    const kinds = await page.evaluate(() => {
      const bars = [...document.querySelectorAll('body *')].filter(at => ['sticky', 'fixed'].includes(getComputedStyle(at).position))
      const around = [document.body, ...bars].map(at => at.className).join()
      const stops = document.querySelectorAll('a[href], button, input:not([type=hidden]), select, textarea, summary, iframe, [tabindex]')
      return [...stops].map(at => `${around} ${at.parentElement.className} ${at.localName} ${at.type} ${at.className}`)
    })
    const fresh = kinds.filter(kind => !this.known.has(kind))
    for (const kind of fresh) this.known.add(kind)
    return fresh.length > 0
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

async function draw(session, path) {
  const { data } = await session.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true })
  await writeFile(path, data, 'base64')
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
