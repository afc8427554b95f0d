// What must hold on every page, as lists of faults: accessibility by axe, layout on the narrowest screen with the
// spacing that WCAG 1.4.12 lets readers choose, sizes of what is pressed, one main heading, words of strangers.

import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'

const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')

// The rules that a dark page can break and a light one not.
export const COLOURS = ['color-contrast', 'link-in-text-block']

// Rules of axe for pages as they are, all of WCAG and of good practice if none are named. Frames are mail of others.
export async function axe(page, rules) {
  if (!await page.evaluate(() => 'axe' in window)) await page.evaluate(AXE)
  return page.evaluate(async rules => {
    const options = { iframes: false, resultTypes: ['violations'], rules: { 'target-size': { enabled: true } } }
    if (rules) Object.assign(options, { runOnly: rules, rules: {} })
    const { violations } = await window.axe.run(document, options)
    return violations.flatMap(rule => rule.nodes.map(node => {
      const why = [...node.any, ...node.all, ...node.none].map(check => check.message).join('; ')
      return `axe ${rule.id}: ${node.target.join(' ')}: ${why}`
    }))
  }, rules)
}

// Lets readers' own spacing loose on the page. By a constructed sheet, which no content policy stops.
export const spaced = page => page.evaluate(() => {
  const sheet = new CSSStyleSheet()
  sheet.replaceSync('*{line-height:1.5!important;letter-spacing:.12em!important;word-spacing:.16em!important}p{margin-bottom:2em!important}')
  document.adoptedStyleSheets = [sheet]
})

export const unspaced = page => page.evaluate(() => { document.adoptedStyleSheets = [] })

// Nothing is wider than the window, and no text is cut off.
export const layout = page => page.evaluate(() => {
  const faults = []
  const name = at => `${at.localName}${at.id ? '#' + at.id : ''}${[...at.classList].map(word => '.' + word).join('')}`
  const hidden = at => at.closest('.vh, .skip:not(:focus), [aria-hidden=true]') || !at.checkVisibility()
  const scrolls = at => {
    for (let up = at.parentElement; up && up !== document.body; up = up.parentElement) {
      if (['auto', 'scroll', 'hidden', 'clip'].includes(getComputedStyle(up).overflowX)) return true
    }
    return false
  }
  const root = document.scrollingElement
  if (root.scrollWidth > innerWidth) {
    const wide = [...document.body.querySelectorAll('*')].filter(at => !hidden(at) && !scrolls(at) && at.getBoundingClientRect().right > innerWidth + 0.5)
    // The innermost say it.
    const inner = wide.filter(at => !wide.some(other => other !== at && at.contains(other)))
    faults.push(`overflows to ${root.scrollWidth} of ${innerWidth} px: ${inner.slice(0, 4).map(name).join(', ')}`)
  }
  for (const at of document.body.querySelectorAll('*')) {
    if (hidden(at) || at.closest('svg') || !at.innerText?.trim()) continue
    const cut = ['hidden', 'clip'].includes(getComputedStyle(at).overflowX) && at.scrollWidth > at.clientWidth + 1
    if (cut) faults.push(`cut off: ${name(at)} “${at.innerText.slice(0, 30)}”`)
  }
  return faults
})

// Buttons, fields and tabs are at least 44 px high; a link that stands alone in a list at least 32 px.
export const sizes = page => page.evaluate(() => {
  const faults = []
  const shown = at => at.checkVisibility() && !at.closest('.vh, .skip, [aria-hidden=true]')
  const small = (at, least) => {
    const high = at.getBoundingClientRect().height
    // Halves of a pixel are the browser's.
    if (shown(at) && high < least - 0.5) {
      faults.push(`${Math.round(high)} px high instead of ${least}: ${at.localName} “${(at.innerText || at.name || at.id).trim().slice(0, 40)}”`)
    }
  }
  const controls = 'button, select, textarea, summary, input:not([type=hidden]), .b, .tabs a, .seg a, [role=button], [role=tab]'
  for (const at of document.querySelectorAll(controls)) {
    const ticked = ['checkbox', 'radio'].includes(at.type)
    small(ticked && at.labels.length ? at.labels[0] : at, 44)
  }
  for (const at of document.querySelectorAll('li a, nav a, dd a, .links a')) {
    const around = at.closest('li, dd, p, nav')
    const alone = around && around.innerText.trim() === at.innerText.trim()
    if (!at.matches(controls) && (alone || at.closest('nav, .links'))) small(at, 32)
  }
  return faults
})

export const shape = page => page.evaluate(() => {
  const faults = []
  const headings = document.querySelectorAll('h1').length
  if (headings !== 1) faults.push(`${headings} main headings`)
  for (const image of document.images) {
    if (image.complete && !image.naturalWidth) faults.push(`a picture that is none: ${image.getAttribute('src')}`)
  }
  for (const frame of document.querySelectorAll('iframe')) {
    if (new URL(frame.src).origin !== location.origin) faults.push(`a frame of another house: ${frame.src}`)
  }
  const positive = document.querySelectorAll('[tabindex]:not([tabindex="0"]):not([tabindex="-1"])').length
  if (positive) faults.push(`${positive} elements with a tab order of their own`)
  return faults
})

// Words of strangers stay words. Those of the worlds would make elements named `x-owned` and set `owned`; whatever runs,
// leads or loads on a page is ours.
export const inert = page => page.evaluate(() => {
  const faults = []
  const addresses = ['href', 'src', 'action', 'formaction', 'xlink:href', 'data', 'poster', 'srcdoc', 'background']
  const harmless = ['http:', 'https:', 'mailto:', 'tel:', 'webcal:']
  if (window.owned !== undefined) faults.push('something of a stranger ran')
  for (const at of document.querySelectorAll('x-owned, base, object, embed, style, meta[http-equiv=refresh i]')) {
    faults.push(`a stranger’s element: ${at.outerHTML.slice(0, 80)}`)
  }
  for (const script of document.scripts) {
    const ours = script.src ? ['/desk.js', '/desk-text.js'].includes(new URL(script.src).pathname) : script.type === 'application/ld+json'
    if (!ours) faults.push(`a stranger’s script: ${script.outerHTML.slice(0, 80)}`)
  }
  for (const at of document.querySelectorAll('*')) {
    for (const { name, value } of at.attributes) {
      if (/^on|^style$/.test(name)) faults.push(`${name} at ${at.localName}: ${value}`)
      if (!addresses.includes(name) || !URL.canParse(value, document.baseURI)) continue
      const scheme = new URL(value, document.baseURI).protocol
      if (!harmless.includes(scheme)) faults.push(`${scheme} at ${at.localName}: ${value.slice(0, 80)}`)
    }
  }
  for (const frame of document.querySelectorAll('iframe')) {
    const may = frame.getAttribute('sandbox')
    if (may === null || /allow-(scripts|same-origin|forms|top|popups-to|modals)/.test(may)) faults.push(`a frame without a sandbox: ${may}`)
  }
  return faults
})

// Mail of strangers stands in a frame that may do nothing, and is seen there.
export async function frames(page) {
  const faults = []
  const all = await page.locator('iframe').all()
  if (!all.length) faults.push('no frame')
  for (const at of all) {
    await at.scrollIntoViewIfNeeded()
    const frame = await (await at.elementHandle()).contentFrame()
    await frame.waitForLoadState()
    const wanted = new URL(await at.getAttribute('src'), page.url()).href
    const seen = frame.url() === wanted && (await frame.locator('body').innerText()).trim() !== ''
    if (!seen) faults.push(`a frame that does not open: ${wanted}`)
    if (await frame.evaluate(() => window.owned !== undefined)) faults.push(`something of a stranger ran in ${wanted}`)
  }
  return faults
}
