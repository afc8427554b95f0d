// A second editor, at a desk with a keyboard and no mouse: the keys of the desk, the Tab key, and typing.

import assert from 'node:assert/strict'
import { enter, eventually, isTaken, leads, reads, refused, sees, tab, tabTo, tick, type } from './person.mjs'

export const ADDRESS = 'zane@selija.example'
export const GUEST = 'velta@lasitaji.example'
const NAME = 'Zane Krastkalne'
const PLACE = 'https://sunakste.example/klubs'
// What she adds to a text.
const MARKED = `\n\nTiekamies Sunākstes **bibliotēkā**, gaidīts *ikviens*!\n\n- grāmatas\n- tēja\n\nVairāk [mājaslapā](${PLACE})`

// A key that leads to another page.
const key = (page, ...names) => leads(page, async () => { for (const name of names) await page.keyboard.press(name) })

export async function signIn(page, { post, command }) {
  await command('editor', 'add', ADDRESS, '--name', NAME)
  await page.goto('/desk')
  await type(page, 'Jūsu e-pasta adrese', ADDRESS)
  await enter(page, 'button', 'Sūtīt saiti')
  const { link } = await post.newest(ADDRESS, '/desk/sign-in/')
  await page.goto(link)
  await enter(page, 'button', 'Ieiet')
  await sees(page, 'Izskatīšanu gaida')
}

// Down the queue with J to the card she wants, then Enter.
async function open(page, { subject }) {
  await key(page, 'g', 'r')
  const chosen = page.locator('main .item.on h2')
  for (let steps = 0; steps < 30 && await chosen.innerText() !== subject; steps++) await page.keyboard.press('j')
  await key(page, 'Enter')
  await reads(page, subject)
}

// J goes down the queue and K up again; at its ends both stay.
async function walks(page) {
  await key(page, 'g', 'r')
  const titles = await page.locator('main .item h2').allInnerTexts()
  assert.ok(titles.length > 2, 'there is a queue to walk through')
  for (const [name, place] of [['j', 1], ['j', 2], ['k', 1], ['k', 0], ['k', 0]]) {
    await page.keyboard.press(name)
    assert.equal(await page.locator('main .item.on h2').innerText(), titles[place], `${name} to ${place + 1}`)
  }
}

export async function decide(page, faster, told) {
  await walks(page)
  await edits(page, told)
  await isSlower(page, faster, told)
  await asks(page, told)
  await rejects(page, told)
  await undoes(page, told)
  await reads(page, 'Visas darbības')
  await key(page, '?')
  await reads(page, 'Taustiņi')
  for (const [place, path] of [['n', '/desk/issue'], ['v', '/desk/letters'], ['r', '/desk']]) {
    await key(page, 'g', place)
    assert.ok(new URL(page.url()).pathname.startsWith(path), `G and ${place} lead to ${page.url()}`)
  }
}

async function edits(page, { item, sent: { club } }) {
  await open(page, club)
  await page.keyboard.press('e')
  await writes(page)
  await key(page, 'ControlOrMeta+Enter')
  await sees(page, `Ziņa “${club.subject}” saglabāta.`)
  const { text } = await item(club)
  assert.ok(text.endsWith(MARKED), text)
  await sets(page, text, { item, club })
  await key(page, 'a')
  await sees(page, `Ziņa “${club.subject}” ir apstiprināta.`)
  const { state, by } = await item(club)
  assert.ok(isTaken(state), state)
  assert.equal(by, NAME)
}

// Words are made strong and slanted by keys, a list and a link by the buttons above the field.
async function writes(page) {
  const field = page.getByLabel('Teksts', { exact: true })
  const before = await field.inputValue()
  const reads = async added => assert.equal(await field.inputValue(), before + added)
  const end = async words => {
    await page.keyboard.press('ControlOrMeta+End')
    await page.keyboard.type(words)
  }
  const lastWord = () => page.keyboard.press('ControlOrMeta+Shift+ArrowLeft')
  await end('\n\nTiekamies Sunākstes bibliotēkā')
  await lastWord()
  await page.keyboard.press('ControlOrMeta+b')
  await reads('\n\nTiekamies Sunākstes **bibliotēkā**')
  await page.keyboard.press('ControlOrMeta+b')
  await reads('\n\nTiekamies Sunākstes bibliotēkā')
  await page.keyboard.press('ControlOrMeta+z')
  await reads('\n\nTiekamies Sunākstes **bibliotēkā**')
  await end(', gaidīts ikviens')
  await lastWord()
  await page.keyboard.press('ControlOrMeta+i')
  await end('!\n\ngrāmatas\ntēja')
  await page.keyboard.press('Shift+Home')
  await page.keyboard.press('Shift+ArrowUp')
  await pushes(page, 'Saraksts')
  await end('\n\nVairāk mājaslapā')
  await lastWord()
  await pushes(page, 'Saite')
  // The address is chosen and waits to be typed over.
  await page.keyboard.type(PLACE)
  await reads(MARKED)
}

// Back from the field to a button above it, which leads nowhere.
async function pushes(page, name) {
  const button = page.getByRole('button', { name, exact: true })
  for (let steps = 0; steps < 6 && !await button.evaluate(there => there === document.activeElement); steps++) await tab(page, 'Shift+Tab')
  await page.keyboard.press('Enter')
  assert.equal(await page.evaluate(() => document.activeElement.name), 'text', `${name} leads back into the text`)
}

// One suggestion of two is taken, the other stays one.
async function sets(page, before, { item, club }) {
  const offers = count => page.locator('summary').getByText(`Rakstības ieteikumi: ${count}`, { exact: true })
  await tabTo(page, offers(2))
  await page.keyboard.press('Enter')
  await tick(page, page.getByRole('checkbox', { name: /domuzīme/ }))
  await enter(page, 'button', 'Ieviest atzīmētos')
  await offers(1).waitFor()
  const { text } = await item(club)
  assert.equal(text, before.replace('biedrus - lasām', 'biedrus\u00a0– lasām'))
  assert.ok(text.includes('laipni...'), text)
}

// What she marked is so in the mail and on the page of the issue.
export async function isMarked(page, { post }, bulletin) {
  for (const [tag, words] of [['strong', 'bibliotēkā'], ['em', 'ikviens'], ['li', 'tēja'], ['a', 'mājaslapā']]) {
    assert.ok(await post.marked(bulletin, tag, words), `${tag} in the mail`)
  }
  await page.goto(bulletin.links[0])
  const shown = async tag => page.locator(`main ${tag}`).allInnerTexts()
  assert.deepEqual([await shown('strong'), await shown('em')], [['bibliotēkā'], ['ikviens']])
  assert.deepEqual((await shown('li')).filter(words => ['grāmatas', 'tēja'].includes(words)), ['grāmatas', 'tēja'])
  assert.equal(await page.getByRole('link', { name: 'mājaslapā', exact: true }).getAttribute('href'), PLACE)
  assert.ok(!(await page.locator('main').innerText()).includes('**'), 'no marks are left')
  await page.goto('/desk')
}

// Both have the same item before them; the first editor decides, and the second is told, with what she typed.
async function isSlower(page, faster, { item, sent: { skis } }) {
  await open(page, skis)
  await page.keyboard.press('e')
  await page.keyboard.press('ControlOrMeta+End')
  await page.keyboard.type(' Slēpes ņemiet līdzi.')
  await faster(skis)
  const { revision, text } = await item(skis)
  await page.keyboard.press('Tab')
  await refused(page, 409, () => page.keyboard.press('s'))
  await sees(page, 'Šo ziņu jau apstiprināja: Anna')
  await sees(page, 'Jūsu lēmums nav saglabāts.')
  assert.match(await page.getByLabel('Teksts', { exact: true }).inputValue(), /Slēpes ņemiet līdzi\.$/, 'what was typed is there')
  const now = await item(skis)
  assert.ok(isTaken(now.state), now.state)
  assert.deepEqual([now.revision, now.text], [revision, text])
}

// Without words nothing is asked; then they are typed.
async function asks(page, { post, item, sent: { choir } }) {
  await open(page, choir)
  await refused(page, 422, () => page.keyboard.press('q'))
  await sees(page, 'Uzrakstiet, ko pajautāt.')
  await type(page, page.locator('[name=question]'), 'Kurā dienā mēģināt?')
  await enter(page, 'button', /^Pajautāt/)
  await sees(page, `Jautājums par ziņu “${choir.subject}” nosūtīts.`)
  const question = await post.newest(choir.from, '/news/', 'Kurā dienā mēģināt?')
  await post.reply(choir.from, question, 'Mēģinām ceturtdienās plkst. 19.00.')
  await eventually('the answer is with the item', async () => (await item(choir)).state === 'pending')
  await open(page, choir)
  await sees(page, 'Mēģinām ceturtdienās plkst. 19.00.')
  await key(page, 's')
  assert.equal((await item(choir)).state, 'postponed')
}

// The sender may be another, as the red flag says.
async function rejects(page, { item, sent: { account } }) {
  await open(page, account)
  await sees(page, 'Nevar pārbaudīt, vai sūtītājs ir īstais.')
  await page.keyboard.press('o')
  await page.frameLocator('iframe').getByText('jaunā kontā').waitFor()
  // Nobody who is named in a forged mail is written to, so no reason is asked.
  await key(page, 'r')
  assert.equal((await item(account)).state, 'rejected')
}

async function undoes(page, { item, sent: { choir } }) {
  await key(page, 'u')
  await enter(page, 'button', `Atsaukt : ${choir.subject}`)
  assert.equal((await item(choir)).state, 'pending')
  await open(page, choir)
  await key(page, 's')
  assert.equal((await item(choir)).state, 'postponed')
  await key(page, 'u')
}

// Searches a reader, adds one, and imports a list after a look at what will happen.
export async function invites(page, { command }, reader) {
  await key(page, 'g', 'l')
  await page.keyboard.press('/')
  await page.keyboard.type(reader)
  await key(page, 'Enter')
  await enter(page, 'link', reader)
  await reads(page, reader)
  await sees(page, 'Piekrišanas vēsture')

  await key(page, 'g', 'l')
  await type(page, 'E-pasta adrese', GUEST)
  await type(page, 'Kā un kad viņš piekrita', 'Zvanīja un lūdza.')
  await enter(page, 'button', 'Pievienot')
  await sees(page, 'Lasītājs pievienots.')
  assert.equal((await command('subscriber', 'show', GUEST)).state, 'confirmed')

  await key(page, 'g', 'l')
  await enter(page, 'link', 'Ielasīt sarakstu')
  await tabTo(page, 'button', 'Fails (CSV)')
  const list = Array.from({ length: 12 }, (_, number) => `ziemas-${number}@lasitaji.example`)
  const rows = ['epasts', ...list, reader, 'nav adreses'].join('\n')
  const [chooser] = await Promise.all([page.waitForEvent('filechooser'), page.keyboard.press('Space')])
  await chooser.setFiles({ name: 'lasitaji.csv', mimeType: 'text/csv', buffer: Buffer.from(rows) })
  await type(page, 'Kā un kad šie lasītāji piekrita', 'Uz lapas pie slidotavas.')
  await enter(page, 'button', 'Apskatīt, kas notiks')
  await reads(page, 'Ko ielasīsim')
  await sees(page, 'Vēl nekas nav saglabāts.')
  await enter(page, 'button', /^Pievienot 12 /)
  await reads(page, 'Saraksts ielasīts')
  const known = (await command('subscriber', 'list')).filter(row => list.includes(row.address) && row.state === 'confirmed')
  assert.equal(known.length, list.length)
}

// Somebody asks to be forgotten; who only looked has erased nothing.
export async function erases(page, { command }, reader) {
  await key(page, 'g', 'l')
  await page.keyboard.press('/')
  await page.keyboard.type(reader)
  await key(page, 'Enter')
  await enter(page, 'link', reader)
  await enter(page, 'link', 'Dzēst…')
  await reads(page, `Dzēst visu par ${reader}?`)
  await tabTo(page, 'button', 'Dzēst')
  await refused(page, 422, () => page.keyboard.press('Enter'))
  await sees(page, 'Ja tiešām dzēšam, lūdzu, atzīmējiet.')
  const known = async () => (await command('subscriber', 'list')).some(row => row.address === reader)
  assert.ok(await known(), 'nothing is erased yet')
  await tick(page, 'checkbox', 'Jā, dzēst visu par šo cilvēku')
  await enter(page, 'button', 'Dzēst')
  await sees(page, 'Viss par šo cilvēku ir dzēsts.')
  assert.ok(!await known(), 'she is gone')
}
