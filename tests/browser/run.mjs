// Runs one story of this folder in Chromium for a test in `tests/it`, which prepared a world for it.
//
//   node run.mjs NAME      loads NAME.mjs and calls its default function
//
// The test writes the world to standard input as one line of JSON. A story asks the test for what a browser cannot see
// by a line of JSON on standard output, and gets a line back. Everything else is said on standard error. The status is
// 0 if the story went through; if not, a picture of every page that was open lies in the folder of the screenshots.

import { mkdirSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { chromium } from 'playwright-core'

// The walk takes four minutes where nothing else runs; other tests may have the machine.
const SECONDS_MAX = 1200

const [name] = process.argv.slice(2)
const waiting = []
const lines = []
const input = createInterface({ input: process.stdin })
input.on('line', line => waiting.length ? waiting.shift()(line) : lines.push(line))
// The test is gone, so nobody waits for us.
input.on('close', () => process.exit(2))
const line = async () => JSON.parse(lines.length ? lines.shift() : await new Promise(go => waiting.push(go)))

const world = await line()
const ask = (what, more = {}) => {
  process.stdout.write(JSON.stringify({ ask: what, ...more }) + '\n')
  return line()
}

setTimeout(() => fail(new Error(`not done after ${SECONDS_MAX} seconds`)), SECONDS_MAX * 1000).unref()

// No sandbox: root has none, a container often neither, and the pages are our own.
const browser = await chromium.launch({ executablePath: world.chromium, chromiumSandbox: false, args: ['--disable-dev-shm-usage'] })

async function fail(error) {
  console.error(error.stack ?? String(error))
  mkdirSync(world.screenshots, { recursive: true })
  const pages = browser.contexts().flatMap(context => context.pages())
  for (const [number, page] of pages.entries()) {
    const path = join(world.screenshots, `failed-${name}-${number}.png`)
    // A page that cannot be drawn either is no news.
    await page.screenshot({ path, fullPage: true, timeout: 5000 }).then(() => console.error(`${page.url()} is drawn in ${path}`), () => {})
  }
  process.exit(1)
}

try {
  const story = (await import(`./${name}.mjs`)).default
  await story({ browser, world, ask })
  await browser.close()
  process.exit(0)
} catch (error) {
  await fail(error)
}
