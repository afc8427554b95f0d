// A month of the newsroom, told once for the demo, with its postbox, and once for a daemon among real mail servers: an
// editor on a phone without scripts, a second one by keyboard only, a reader, and those who write in. `world` has `base`
// and the address of the first `editor`; for the demo also its `postbox`, `today` and a `photo`. By `command` the story
// looks into the newsroom.

import assert from 'node:assert/strict'
import { DESK, PHONE, eventually, person, press } from './person.mjs'
import { byHand, byTheTest } from './post.mjs'
import { news } from './news.mjs'
import * as contributor from './contributor.mjs'
import * as editor from './editor.mjs'
import * as issue from './issue.mjs'
import * as reader from './reader.mjs'
import * as second from './second.mjs'

const READER = 'ieva@lasitaji.example'
const MOVED = 'ieva@citurpasts.example'
const LETTER = 'Vai pie mums Saukā arī drīkst celt sniegavīrus?'
const ANSWER = 'Drīkst, un atsūtiet bildi!'

export default async function ({ browser, world, ask }) {
  const post = world.postbox ? await byHand(browser, world) : byTheTest(ask)
  const command = (...words) => ask('command', { arguments: words })
  const sent = news(new Date(world.today ?? Date.now()))
  const item = async ({ subject }) => (await command('item', 'list')).findLast(item => item.title === subject)
  const told = { post, command, item, sent, world }
  const state = async address => (await command('subscriber', 'list')).find(reader => reader.address === address)?.state
  const mails = { newest: post.newest, state }

  const onPhone = () => person(browser, { base: world.base, scripts: false, viewport: PHONE })
  const atDesk = () => person(browser, { base: world.base, viewport: DESK })
  const persons = { anna: await onPhone(), zane: await atDesk(), ieva: await onPhone(), rasma: await onPhone() }
  const { anna, zane, ieva, rasma } = persons

  await reader.subscribe(ieva, mails, READER)
  await contributor.write(told)
  const hers = await contributor.looks(rasma, told, sent.snow)

  await editor.signIn(anna, told)
  await second.signIn(zane, told)
  await editor.decide(anna, rasma, told)
  const faster = async letter => {
    await editor.open(anna, letter)
    await press(anna, 'Apstiprināt')
  }
  await second.decide(zane, faster, told)
  await second.invites(zane, told, READER)

  const made = await issue.make(anna, told)
  await contributor.isPublished(rasma, told, sent.snow, hers)
  const bulletin = await post.newest(READER, '/leave/')
  assert.ok(await post.shows(bulletin, sent.snow.subject))
  await second.isMarked(zane, told, bulletin)
  await reader.read(ieva, bulletin, sent.snow.subject)
  await post.reply(READER, bulletin, LETTER)
  const isHers = letter => letter.from?.address === READER && letter.issue === made.id
  await eventually('her reply is a letter', async () => (await command('letter', 'list')).find(isHers))
  await editor.answer(anna, told, { address: READER, words: LETTER, reply: ANSWER, title: 'Sniegavīri Saukā' })
  await post.newest(READER, '', ANSWER)

  await reader.move(ieva, mails, bulletin, READER, MOVED)
  await ieva.goto(bulletin.link)
  await reader.leave(ieva, mails, MOVED)

  // The next issue reaches those who stayed.
  await faster(sent.thanks)
  await issue.assemble(anna)
  await issue.approve(anna, told)
  await issue.sendNow(anna)
  const next = await issue.gone(anna, told, (await command('issue', 'list')).at(-1).id)
  await post.newest(second.GUEST, '/leave/', next.title)
  const got = (await command('issue', 'deliveries', String(next.id))).map(delivery => delivery.recipient)
  assert.ok(got.includes(second.GUEST) && !got.includes(READER) && !got.includes(MOVED))
  for (const address of [READER, MOVED]) assert.equal(await post.count(address, next.title), 0, address)
  await second.erases(zane, told, second.GUEST)
  await editor.signOut(anna)

  for (const [name, page] of Object.entries(persons)) assert.deepEqual(page.faults, [], name)
  assert.deepEqual(post.faults(), [])
}
