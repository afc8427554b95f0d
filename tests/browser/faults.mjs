// The walk itself: a page with one fault of each kind is found out, and one without is not.

import assert from 'node:assert/strict'
import { createServer } from 'node:http'
import { person, enter, tabTo } from './person.mjs'
import { Visitor } from './walk.mjs'

const SHEET = `input{min-height:44px;border:1px solid}body{margin:0;font:18px serif;background:#fff;color:#000}summary{min-height:44px}a,button{color:#00f;background:#fff}
button{min-height:44px;min-width:44px}.small{min-height:0;height:20px}.pale{color:#bbb}.wide{width:500px}.cut{width:60px;overflow:hidden;white-space:nowrap}
li a{display:inline-block;min-height:32px}.low a{min-height:0;line-height:1}:focus{outline:3px solid}.blind :focus{outline:0}
@media (prefers-color-scheme:dark){.night{color:#eee}}`

const page = (main, head = '') => `<!doctype html><html lang="en"><title>Page</title><meta name="viewport" content="width=device-width">
<link rel="stylesheet" href="/sheet.css">${head}<main><h1>Page</h1>${main}</main>`

// What is wrong with the page, and the words by which the walk says so.
const WRONG = {
  label: ['<form><input name="town"></form>', 'axe label'],
  night: ['<p class="night">Night</p>', '320 dark spaced: axe color-contrast'],
  unscripted: ['<p class="pale">Pale</p><script src="/desk.js"></script>', 'no script: axe color-contrast'],
  policy: ['<p style="color:red">Red</p>', 'Content Security Policy'],
  overflow: ['<p class="wide">Wide</p>', 'overflows to 500 of 320 px: p.wide'],
  spacing: ['<p class="cut">Cutting</p>', 'cut off: p.cut'],
  control: ['<button class="small">Go</button>', '20 px high instead of 44: button “Go”'],
  list: ['<ul class="low"><li><a href="/clean">Go</a></ul>', 'px high instead of 32: a “Go”'],
  headings: ['<h1>Again</h1>', '2 main headings'],
  picture: ['<img src="/nothing.jpg" alt="Nothing">', 'a picture that is none: /nothing.jpg'],
  stranger: ['<img src="http://stranger.example/a.jpg" alt="Nothing">', 'asks another house: http://stranger.example/a.jpg'],
  focus: ['<p class="blind"><button>Go</button></p>', 'does not show that it has the focus'],
  status: ['', 'status 404 instead of 200'],
  folded: ['<details><summary>More</summary><p class="wide">Wide</p></details>', 'overflows to 500 of 320 px: p.wide'],
  unframed: ['', 'no frame', { framed: true }],
  open: ['<iframe src="/clean" title="Mail"></iframe>', 'a frame without a sandbox', { framed: true }],
  scripted: ['<iframe sandbox="allow-scripts" src="/clean" title="Mail"></iframe>', 'a frame without a sandbox', { framed: true }],
  shut: ['<iframe sandbox src="/empty" title="Mail"></iframe>', 'a frame that does not open', { framed: true }],
  handler: ['<a href="/clean" onclick="owned()">Go</a>', 'onclick at a: owned()'],
  scheme: ['<p><a href="javascript:owned()">Go</a></p>', 'javascript: at a: javascript:owned()'],
  document: ['<p><a href="data:text/html,owned">Go</a></p>', 'data: at a: data:text/html,owned'],
  markup: ['<x-owned>Words</x-owned>', 'a stranger’s element: <x-owned>'],
  base: ['', 'a stranger’s element: <base', {}, '<base href="/elsewhere/">'],
  refresh: ['', 'a stranger’s element: <meta', {}, '<meta http-equiv="Refresh" content="900;url=/clean">'],
  foreign: ['<script src="/own.js"></script>', 'a stranger’s script: <script src="/own.js">'],
  runs: ['<script src="/own.js"></script>', 'something of a stranger ran'],
  dialog: ['<script src="/ask.js"></script>', 'a dialog: owned'],
  guest: ['<iframe sandbox src="http://127.0.0.1:1/" title="Mail"></iframe>', 'a frame of another house', { framed: true }],
}
const CLEAN = '<form method="post"><label for="town">Town</label> <input id="town" name="town"> <button>Go</button></form><ul><li><a href="/clean">Go</a></ul>'

const FRAMING = '<iframe sandbox src="/hostile" title="Mail"></iframe>'
const HOSTILE = '<p style="color:red" onclick="x()">Mail</p><script>alert(1)</script><img src="http://stranger.example/a.jpg">'

const FILES = {
  'favicon.ico': ['image/x-icon', ''], 'sheet.css': ['text/css', SHEET], 'desk.js': ['text/javascript', 'document.querySelector(".pale").remove()'],
  'own.js': ['text/javascript', 'owned = 1'], 'ask.js': ['text/javascript', 'alert("owned")'],
}

export default async function ({ browser }) {
  const server = createServer((request, response) => {
    const name = request.url.slice(1)
    const policy = name === 'stranger' ? "default-src *" : "default-src 'self'"
    const own = { clean: page(CLEAN), framing: page(FRAMING), hostile: HOSTILE, empty: '' }
    const [type, body] = FILES[name] ?? ['text/html', own[name] ?? page(WRONG[name]?.[0] ?? '', WRONG[name]?.[3])]
    const there = name in own || name in FILES || (name in WRONG && name !== 'status')
    response.writeHead(there ? 200 : 404, { 'content-type': type, 'content-security-policy': policy })
    response.end(body)
  })
  await new Promise(ready => server.listen(0, '127.0.0.1', ready))
  const base = `http://127.0.0.1:${server.address().port}`
  const visitor = new Visitor(browser, {})
  const faults = (name, more) => visitor.visit({ name: `fault-${name}`, base, path: `/${name}`, ...more })
  assert.deepEqual(await faults('clean'), [])
  assert.deepEqual(await faults('framing', { framed: true }), [])
  const pressed = { name: 'fault-pressed', base, path: '/clean', fill: { town: 'Rite' }, press: 'main form button' }
  assert.deepEqual(await visitor.visit(pressed), [])
  for (const [name, [, words, more]] of Object.entries(WRONG)) {
    const found = await faults(name, more)
    assert.ok(found.some(fault => fault.includes(words)), `${name}: no “${words}” in ${JSON.stringify(found, null, 1)}`)
  }

  const hands = await person(browser, { base })
  await hands.goto('/clean')
  await enter(hands, 'link', 'Go')
  await assert.rejects(tabTo(hands, 'heading', 'Page'), /does not reach/)
  server.close()
}
