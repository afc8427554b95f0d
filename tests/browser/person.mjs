// Somebody at a browser: a reader's phone, an editor's desk, with or without scripts, with a mouse or by keyboard only.

import assert from 'node:assert/strict'

export const PHONE = { width: 390, height: 844 }
export const DESK = { width: 1280, height: 900 }

// Milliseconds for a thing to appear; other tests may have the machine.
const PATIENCE = 20_000

// Opens an empty page. `scripts: false` is a browser in which people turned them off. What went wrong on the page by
// itself gathers in `page.faults`.
export async function person(browser, { base, scripts = true, viewport = DESK, language = 'lv-LV', storage } = {}) {
  const context = await browser.newContext({
    viewport, locale: language, timezoneId: 'Europe/Riga', reducedMotion: 'reduce',
    baseURL: base, javaScriptEnabled: scripts, storageState: storage,
  })
  const page = await context.newPage()
  page.setDefaultTimeout(PATIENCE)
  watch(page, base)
  return page
}

// Errors on the console, such as a broken content policy, and requests that fail or leave the house. Frames with mail
// of strangers are not ours: what their policy forbids there is meant to be forbidden.
function watch(page, base) {
  page.faults = []
  page.base = base
  const ours = url => !url || url.startsWith(page.base)
  page.on('console', said => {
    const alien = page.frames().some(frame => frame !== page.mainFrame() && frame.url() === said.location().url)
    // Of frames within frames it says so in the name of the page, whose own frames `checks.mjs` looks at.
    const within = said.text().startsWith("Framing '")
    if (said.type() === 'error' && !alien && !within) page.faults.push(`console: ${said.text().split('\n')[0]}`)
  })
  page.on('dialog', dialog => {
    page.faults.push(`a dialog: ${dialog.message()}`)
    return dialog.dismiss()
  })
  page.on('pageerror', error => page.faults.push(`script: ${error.message}`))
  const asks = request => `asks another house: ${request.url()}`
  page.on('request', request => {
    if (!ours(request.url()) && !request.url().startsWith('data:')) page.faults.push(asks(request))
  })
  // What a policy forbids has not left the browser; in a page of ours the console says so.
  page.on('requestfailed', request => {
    if (request.failure().errorText === 'csp') page.faults = page.faults.filter(fault => fault !== asks(request))
  })
  page.on('response', response => {
    const itself = response.request().isNavigationRequest()
    if (response.status() >= 400 && !itself) page.faults.push(`${response.status()}: ${response.url()}`)
  })
}

// The page that a press leads to is there. A button that is not there says so first.
export const leads = (page, act) => Promise.all([page.waitForEvent('load', { timeout: 2 * PATIENCE }), act()])

export const press = (page, name) => leads(page, () => page.getByRole('button', { name, exact: true }).click())
// The first link of this name, in the page before its foot.
export const follow = (page, name) => leads(page, () => page.getByRole('link', { name, exact: true }).first().click())

// Fills fields by their labels, and ticks what is `true`.
export async function fill(page, fields) {
  for (const [label, value] of Object.entries(fields)) {
    const field = page.getByLabel(label, { exact: true })
    if (value === true) await field.check()
    else await field.fill(value)
  }
}

// The one heading of the page says this.
export async function reads(page, heading) {
  const is = (await page.locator('h1').allInnerTexts()).join(' | ')
  assert.equal(is, heading, page.url())
}

// Approved, and in the issue already if that is put together.
export const isTaken = state => ['approved', 'planned'].includes(state)

export async function sees(page, words) {
  const text = await page.locator('body').innerText()
  assert.ok(text.includes(words), `“${words}” is not on ${page.url()}:\n${text}`)
}

// Waits for what the newsroom will have done soon.
export async function eventually(what, look) {
  for (const until = Date.now() + 2 * PATIENCE; Date.now() < until;) {
    const found = await look()
    if (found) return found
    await new Promise(soon => setTimeout(soon, 100))
  }
  assert.fail(`waited in vain: ${what}`)
}

// A press that the newsroom does not follow, and says why on a page with this status.
export async function refused(page, status, act) {
  const answers = response => response.request().isNavigationRequest() && response.request().method() === 'POST'
  const [answer] = await Promise.all([page.waitForResponse(answers), leads(page, act)])
  assert.equal(answer.status(), status, page.url())
  // Chromium complains of it on the console.
  page.faults = page.faults.filter(fault => !fault.includes('Failed to load resource'))
}

// Opens what is folded up.
export async function unfold(page, name) {
  const summary = page.locator('summary').getByText(name, { exact: true })
  if (!await summary.evaluate(there => there.closest('details').open)) await summary.click()
}

// Opening the link changes nothing; its one button signs in.
export async function signIn(page, link) {
  await page.goto(link)
  await leads(page, () => page.locator('main').getByRole('button').click())
}

// What has the focus, and whether one sees that it has: a ring, on the screen, under nothing.
const focus = page => page.evaluate(() => {
  const at = document.activeElement
  if (!at || at === document.body) return null
  const style = getComputedStyle(at)
  // What is within a frame has the browser's own ring and place; no style knows of it, and a frame as a whole gets neither.
  const frame = at.localName === 'iframe'
  const box = at.getBoundingClientRect()
  const ring = frame || (style.outlineStyle !== 'none' && parseFloat(style.outlineWidth) >= 2) || style.boxShadow !== 'none'
  const [left, right] = [Math.max(box.left, 0), Math.min(box.right, innerWidth)]
  const [top, bottom] = [Math.max(box.top, 0), Math.min(box.bottom, innerHeight)]
  // One point of it that nothing covers is enough (WCAG 2.4.11).
  const seen = part => {
    const there = document.elementFromPoint(left + Math.min((right - left) / 2, 40), top + (bottom - top) * part)
    return !!there && (at.contains(there) || there.contains(at))
  }
  const inSight = frame || right > left && bottom > top && [0.05, 0.25, 0.5, 0.75, 0.95].some(seen)
  return { what: `${at.localName} “${(at.innerText || at.name || at.id || '').slice(0, 40)}”`, ring, inSight }
})

// One step of the Tab key; who uses it must see where they are.
export async function tab(page, key = 'Tab') {
  await page.keyboard.press(key)
  const at = await focus(page)
  if (at) {
    assert.ok(at.ring, `${at.what} on ${page.url()} does not show that it has the focus`)
    assert.ok(at.inSight, `${at.what} on ${page.url()} has the focus and is out of sight`)
  }
  return at
}

// Goes by the Tab key to the button, link or field of this name, or to one that is at hand.
export async function tabTo(page, role, name) {
  const goal = typeof role === 'string' ? page.getByRole(role, { name, exact: true }) : role
  await goal.waitFor()
  for (let steps = 0; steps < 200; steps++) {
    await tab(page)
    if (await goal.evaluate(there => there === document.activeElement)) return goal
  }
  assert.fail(`the Tab key does not reach ${role} “${name ?? ''}” on ${page.url()}`)
}

// By keyboard only: to the field and typing; to the button or link and Enter.
export async function type(page, field, words) {
  await (typeof field === 'string' ? tabTo(page, 'textbox', field) : tabTo(page, field))
  await page.keyboard.press('ControlOrMeta+A')
  await page.keyboard.type(words)
}

export async function tick(page, role, name) {
  await tabTo(page, role, name)
  await page.keyboard.press('Space')
}

export async function enter(page, role, name) {
  await tabTo(page, role, name)
  await leads(page, () => page.keyboard.press('Enter'))
}
