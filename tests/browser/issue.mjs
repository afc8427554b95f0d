// The editor makes an issue of what was approved, looks at it, and sends it; all on a phone without scripts.

import assert from 'node:assert/strict'
import { eventually, fill, follow, press, reads, sees, unfold } from './person.mjs'

const NOTE = 'Ziema ir klāt, un salas satiekas uz ledus.'
const VIEWS = ['Dators', 'Tumšs', 'Apgriezts', 'Bez attēliem', 'Tikai teksts', 'Druka', 'Tālrunis']

// The one that is being made.
const made = async ({ command }) => (await command('issue', 'list')).at(-1)

// Gives the issue that is gone.
export async function make(page, told) {
  await arrange(page, told)
  await writeNote(page, told)
  await look(page, told)
  await test(page, told)
  await approve(page, told)
  return send(page, told)
}

// What was approved comes in, in the order she wants.
async function arrange(page, told) {
  const { item, sent: { snow, ball, skis } } = told
  const [first, second, third] = [await item(snow), await item(ball), await item(skis)].map(item => item.id)
  const order = async () => (await made(told)).items
  await assemble(page)
  for (const id of [first, second, third]) assert.ok((await order()).includes(id), `${id} stands in the issue`)

  await fill(page, { [`Vieta: ${skis.subject}`]: '1' })
  await press(page, 'Saglabāt secību')
  await sees(page, 'Secība saglabāta.')
  assert.equal((await order())[0], third)
  await press(page, `Uz leju: ${skis.subject}`)
  assert.equal((await order())[1], third)
  await press(page, `Uz augšu: ${skis.subject}`)
  assert.equal((await order())[0], third)
  await unfold(page, `Nodaļa, izņemšana: ${snow.subject}`)
  await press(page, `Padarīt par galveno : ${snow.subject}`)
  assert.equal((await order())[0], first)
  await unfold(page, `Nodaļa, izņemšana: ${ball.subject}`)
  await press(page, `Izņemt no numura : ${ball.subject}`)
  await sees(page, `“${ball.subject}” izņemta no numura un paliek nākamajam.`)
  assert.ok(!(await order()).includes(second))
  await press(page, `Ielikt numurā : ${ball.subject}`)
  await sees(page, `“${ball.subject}” ielikta numurā.`)
  assert.ok((await order()).includes(second))

  await press(page, new RegExp(`^Nerādīt : ${skis.subject}`))
  await sees(page, 'Datumu kalendārā vairs nerādīsim.')
  await press(page, new RegExp(`^Rādīt : ${skis.subject}`))
  await sees(page, 'Datums atkal ir kalendārā.')
}

// The first time there is none; afterwards it is put together anew.
export async function assemble(page) {
  await page.goto('/desk/issue')
  const anew = page.getByRole('button', { name: 'Salikt numuru no jauna', exact: true })
  await press(page, await anew.count() ? 'Salikt numuru no jauna' : 'Salikt numuru tagad')
  await sees(page, 'Numurs salikts:')
}

async function writeNote(page, told) {
  await fill(page, { 'Vēstules temats': 'Sniegs, maskas un slēpes', 'Ievads lasītājiem': NOTE })
  await press(page, 'Saglabāt tematu un ievadu')
  await sees(page, 'Temats un ievads saglabāti.')
  const { title, note } = await made(told)
  assert.deepEqual([title, note], ['Sniegs, maskas un slēpes', NOTE])
}

// Seven views of the same mail, and the note is in each.
async function look(page, { sent: { snow } }) {
  for (const view of VIEWS) {
    await follow(page, view)
    const mail = page.frameLocator('iframe').locator('body')
    await mail.getByText(snow.subject).first().waitFor()
    if (view !== 'Druka') await mail.getByText(NOTE).first().waitFor()
  }
}

async function test(page, { post, world }) {
  await press(page, 'Nosūtīt pārbaudes vēstuli man')
  await sees(page, 'Pārbaudes vēstule aizgāja uz')
  await post.newest(world.editor, '', '[Pārbaude] Sniegs, maskas un slēpes')
}

export async function approve(page, told) {
  await page.goto('/desk/issue')
  await page.getByRole('region', { name: 'Izsūtīšana' }).getByRole('link', { name: 'Apstiprināt', exact: true }).click()
  await sees(page, 'Izsūtītu vēstuli vairs nevar atsaukt.')
  const readers = (await told.command('subscriber', 'list')).filter(reader => reader.state === 'confirmed').length
  assert.equal(parseInt(await page.locator('.huge').first().innerText()), readers, 'the number of readers, large')
  await press(page, 'Apstiprināt numuru')
  await sees(page, 'Numurs apstiprināts.')
  assert.equal((await made(told)).state, 'approved')
}

// The hold, in which all can be stopped; then a pause amid the sending.
async function send(page, told) {
  const { id } = await made(told)
  const issue = () => told.command('issue', 'show', String(id))
  const is = async state => assert.equal((await issue()).state, state)
  await sendNow(page)
  await sees(page, 'Tūlīt izies')
  await press(page, 'Apturēt')
  await sees(page, 'Neviena vēstule nav aizgājusi.')
  await is('paused')
  await press(page, 'Turpināt')
  await is('sending')

  const pause = page.getByRole('button', { name: 'Apturēt uz laiku', exact: true })
  while (!await pause.count()) await follow(page, 'Atjaunot')
  await press(page, 'Apturēt uz laiku')
  await sees(page, 'Vēl neizsūtītās vēstules gaida. Aizgājušās ir pie lasītājiem.')
  await sees(page, 'Vēl rindā')
  await is('paused')
  // What was on the line has come to its end, and nothing follows it.
  const quiet = await eventually('the line is quiet', async () => {
    const { deliveries } = await issue()
    return !deliveries.sending && deliveries
  })
  await follow(page, 'Atjaunot')
  assert.deepEqual((await issue()).deliveries, quiet, 'nothing leaves meanwhile')
  assert.ok(quiet.queued > 0, 'somebody waits')
  await press(page, 'Turpināt')
  const sent = await gone(page, told, id)

  await follow(page, 'Kas saņēma un kas ne')
  await reads(page, 'Kas saņēma un kas ne')
  await sees(page, `Visi ${sent.audience}`)
  return sent
}

export async function sendNow(page) {
  await follow(page, 'Sūtīt tūlīt')
  await press(page, 'Sūtīt tūlīt')
}

// Every mail has come to its end, and the page of the issue says so.
export async function gone(page, { command }, id) {
  const issue = () => command('issue', 'show', String(id))
  const sent = await eventually('the issue is sent', async () => {
    const now = await issue()
    return now.state === 'sent' && now
  })
  await page.goto('/desk/issues')
  await page.locator(`main a[href="/desk/issue/${id}"]`).click()
  await sees(page, 'Izsūtīts')
  return sent
}
