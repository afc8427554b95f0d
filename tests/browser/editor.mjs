// The editor, on a phone without scripts, from the queue to the issue that is gone.

import assert from 'node:assert/strict'
import { eventually, fill, follow, isTaken, press, reads, refused, sees, unfold } from './person.mjs'

// She asks for a link, and it lets her in once.
export async function signIn(page, { post, world }) {
  await page.goto('/desk')
  await reads(page, 'Ieiet redakcijā')
  await fill(page, { 'Jūsu e-pasta adrese': world.editor })
  await press(page, 'Sūtīt saiti')
  await reads(page, 'Ieskatieties pastā')
  const { link } = await post.newest(world.editor, '/desk/sign-in/')
  await page.goto(link)
  await press(page, 'Ieiet')
  await sees(page, 'Izskatīšanu gaida')
}

export async function signOut(page) {
  await press(page, 'Iziet')
  await page.goto('/desk/letters')
  await reads(page, 'Ieiet redakcijā')
}

export const open = async (page, { subject }) => {
  await page.goto('/desk')
  await follow(page, subject)
  await reads(page, subject)
}

export async function decide(page, theirs, told) {
  await describesAndAsks(page, theirs, told)
  await choosesTheDay(page, told)
  await rejectsAndUndoes(page, told)
  await treats(page, told)
}

// A photo needs words for those who do not see it, and its author must be asked for.
async function describesAndAsks(page, theirs, { post, item, sent: { snow } }) {
  await open(page, snow)
  await refused(page, 422, () => page.getByRole('button', { name: 'Apstiprināt', exact: true }).click())
  assert.equal((await item(snow)).state, 'pending', 'nothing was decided')
  await fill(page, { 'Attēla apraksts neredzīgajiem': 'Trīs sniegavīri pie bibliotēkas durvīm' })
  await press(page, 'Saglabāt')
  assert.equal((await item(snow)).photos[0].alt, 'Trīs sniegavīri pie bibliotēkas durvīm')
  await press(page, 'Pareizi : laiks')
  await sees(page, 'Norises laiks: apstiprināts')
  await unfold(page, 'Jautājums iesūtītājam')
  await fill(page, { 'Kas fotografēja? Lūdzu, uzrakstiet vārdu un uzvārdu.': true })
  await press(page, 'Pajautāt')
  await sees(page, `Jautājums par ziņu “${snow.subject}” nosūtīts.`)
  assert.equal((await item(snow)).state, 'asked')

  const question = await post.newest(snow.from, '/news/', 'Kas fotografēja?')
  await theirs.goto(question.link)
  await sees(theirs, 'Mums ir viens jautājums. Ziņa gaida Jūsu atbildi.')
  await post.reply(snow.from, question, 'Fotografēja Rasma Ozolzare.')
  await eventually('the answer brings the item back', async () => (await item(snow)).state === 'pending')

  await open(page, snow)
  await sees(page, 'Fotografēja Rasma Ozolzare.')
  await sees(page, 'Ieteikums no iesūtītāja atbildes.')
  assert.equal(await page.getByLabel('Foto autors', { exact: true }).inputValue(), 'Rasma Ozolzare')
  await crops(page)
  await fill(page, { 'Paraksts zem attēla': 'Ritē jau ziema' })
  await press(page, 'Apstiprināt')
  await sees(page, `Ziņa “${snow.subject}” ir apstiprināta.`)
  const approved = await item(snow)
  assert.ok(isTaken(approved.state), approved.state)
  assert.equal(approved.photos[0].credit, 'Rasma Ozolzare')
  assert.equal(approved.events[0].start, `${snow.day}T11:00`)
  await theirs.goto(question.link)
  await sees(theirs, approved.state === 'planned' ? 'Paldies, ziņa ir ielikta' : 'Paldies, ziņa ir apstiprināta!')
}

// The picture is cut to a square, closer to the right; what she typed stays.
async function crops(page) {
  const shape = () => page.locator('main img.ph').first().evaluate(it => it.getAttribute('width') / it.getAttribute('height'))
  assert.notEqual(await shape(), 1)
  await page.locator('summary', { hasText: 'Izvēlēties kadru' }).first().click()
  await page.getByLabel('Forma', { exact: true }).selectOption('kvadrāts')
  await page.getByLabel('Tuvums', { exact: true }).selectOption('tuvāk')
  await press(page, 'Ielikt šādu kadru : Fotogrāfija')
  await sees(page, 'Apgriezta.')
  assert.equal(await shape(), 1, 'a square')
}

// The letter names a Saturday that is a Sunday.
async function choosesTheDay(page, { item, sent: { ball } }) {
  await open(page, ball)
  await refused(page, 422, () => page.getByRole('button', { name: 'Apstiprināt', exact: true }).click())
  await sees(page, 'Izvēlieties dienu. Bez tās ziņu nevar apstiprināt.')
  await page.locator(`input[type=radio][value="${ball.day}"]`).check()
  await press(page, 'Apstiprināt')
  const { state, events } = await item(ball)
  assert.ok(isTaken(state), state)
  assert.deepEqual([events[0].start, events[0].warn], [`${ball.day}T20:00`, null])
}

async function rejectsAndUndoes(page, { post, item, sent: { advert, thanks } }) {
  await open(page, advert)
  await unfold(page, 'Noraidīšanas iemesls')
  await fill(page, { 'Tā ir reklāma; reklāmu pie ziņām neliekam.': true })
  await press(page, 'Noraidīt')
  await sees(page, `Ziņa “${advert.subject}” noraidīta. Iemeslu nosūtīsim iesūtītājam.`)
  assert.equal((await item(advert)).reason, 'Tā ir reklāma; reklāmu pie ziņām neliekam.')
  await post.newest(advert.from, '', 'reklāmu pie ziņām neliekam')

  // The wrong button.
  await open(page, thanks)
  await unfold(page, 'Noraidīšanas iemesls')
  await fill(page, { 'Šī ziņa mums jau ir.': true })
  await press(page, 'Noraidīt')
  assert.equal((await item(thanks)).state, 'rejected')
  await page.goto('/desk')
  await press(page, `Atsaukt : ${thanks.subject}`)
  await sees(page, `Atsaukts. Ziņa “${thanks.subject}” atkal ir tāda kā pirms lēmuma.`)
  assert.equal((await item(thanks)).state, 'pending')
  await open(page, thanks)
  await press(page, 'Atlikt')
  assert.equal((await item(thanks)).state, 'postponed')
}

// What nobody could read is a reader's letter, says the editor.
async function treats(page, { command }) {
  const [held] = await command('message', 'list', '--state', 'quarantined')
  await page.goto('/desk')
  await page.getByRole('link', { name: /^Karantīna 1/ }).click()
  await follow(page, 'Bez temata')
  await press(page, 'Lasītāja vēstule')
  await sees(page, 'Izņemta no karantīnas: lasītāja vēstule')
  assert.deepEqual(await command('message', 'list', '--state', 'quarantined'), [])
  const letters = await command('letter', 'list')
  assert.ok(letters.some(letter => letter.message === held.id && letter.state === 'open'))
}

// A reader wrote back: she is answered, and her words become news.
export async function answer(page, { command }, { address, words, reply, title }) {
  await page.goto('/desk/letters')
  const letter = page.getByRole('listitem').filter({ hasText: address })
  await letter.getByRole('link').click()
  await sees(page, words)
  await fill(page, { 'Jūsu atbilde': reply })
  await press(page, 'Nosūtīt atbildi')
  await sees(page, 'Atbilde ir ceļā.')
  await follow(page, /^Atbildētas/)
  await letter.getByRole('link').click()
  await press(page, 'Veidot ziņu')
  await fill(page, { 'Virsraksts': title })
  await press(page, 'Apstiprināt')
  const items = (await command('item', 'list')).filter(item => isTaken(item.state))
  assert.ok(items.some(item => item.title === title && item.text.includes(words)))
}
