// Everybody's mail, read and written: in the pages of the demo's postbox, or by the test, whose Dovecot and Postfix are
// behind it. Both can
//
//   newest(to, link, words)   the newest mail to somebody with such a link and such words in it; waits for it
//   count(to, words)          how many mails with these words in the subject she has
//   write(letter)             a letter to the newsroom: { from, name, subject, text, photo, fails }
//   shows(mail, words)        does her program show it with these words?
//   marked(mail, tag, words)  are these words an element of this kind in it?
//   reply(to, mail, text)     an answer of hers to such a mail
//   faults()                  what went wrong by itself

import assert from 'node:assert/strict'
import { fill, person, press } from './person.mjs'

const PATIENCE = 30_000

export const byTheTest = ask => ({
  newest: (to, link, words = '') => ask('mail', { to, link, words }),
  count: (to, words) => ask('mails', { to, words }),
  write: letter => ask('write', letter),
  shows: async (mail, words) => mail.text.includes(words),
  marked: async (mail, tag, words) => new RegExp(`<${tag}( [^>]*)?>${words}</${tag}>`).test(mail.html),
  reply: (to, mail, text) => ask('reply', { to, id: mail.id, text }),
  faults: () => [],
})

// By hand, as whoever tries the demo does it.
export async function byHand(browser, { base, postbox, photo }) {
  const page = await person(browser, { base: postbox })
  const lines = page.getByRole('navigation', { name: 'Vēstules', exact: true }).getByRole('link').filter({ hasNotText: '← Visas pastkastes' })

  const read = async path => {
    await page.goto(`${path}?view=text`)
    const text = await page.locator('main').innerText()
    // Lines end where their reader's program ends them.
    const words = text.replace(/\s+/g, ' ')
    const links = text.match(/https?:\/\/[^\s<>”]+/g) ?? []
    return { id: path, subject: await page.locator('main h2').first().innerText(), text, words, links }
  }

  const find = async (to, link, words) => {
    const box = await page.goto(`/box/${to}`)
    if (box.status() === 404) return void page.faults.splice(0)
    const received = await lines.evaluateAll(all => all.map(line => line.getAttribute('href')).filter(path => /\/r\d+$/.test(path)))
    for (const path of received.slice(0, 6)) {
      const mail = await read(path)
      const found = mail.links.find(one => one.includes(link))
      if ((found || !link) && mail.words.includes(words)) return { ...mail, link: found }
    }
  }

  return {
    // The pictures of a mail come from the newsroom's pages.
    faults: () => page.faults.filter(fault => !fault.startsWith(`asks another house: ${base}/`)),
    async newest(to, link, words = '') {
      for (const until = Date.now() + PATIENCE; Date.now() < until;) {
        const mail = await find(to, link, words)
        if (mail) return mail
        await page.waitForTimeout(200)
      }
      assert.fail(`no mail to ${to} with “${link}” and “${words}”`)
    },
    async count(to, words) {
      await page.goto(`/box/${to}`)
      return lines.filter({ hasText: words }).count()
    },
    async write({ from, name, subject, text, photo: has, fails }) {
      await page.goto('/write')
      const known = page.locator(`select[name=who] option[value="${from}"]`)
      if (await known.count()) {
        await page.getByLabel('Kas raksta').selectOption(from)
      } else {
        await page.getByText('Cits sūtītājs', { exact: true }).click()
        await fill(page, { 'Vārds': name, 'E-pasta adrese': from })
      }
      await fill(page, { 'Temats': subject, 'Teksts': text })
      if (has) {
        const file = { name: 'IMG_0001.jpg', mimeType: 'image/jpeg', buffer: Buffer.from(photo, 'base64') }
        await page.getByLabel('Fotogrāfija vai dokuments').setInputFiles(file)
      }
      if (fails) await page.getByRole('checkbox', { name: /DMARC/ }).check()
      await press(page, 'Sūtīt')
      assert.match(page.url(), /\?done=/, 'the newsroom took the letter')
    },
    async shows(mail, words) {
      await page.goto(mail.id)
      await page.frameLocator('iframe').getByText(words).first().waitFor()
      return true
    },
    async marked(mail, tag, words) {
      await page.goto(mail.id)
      await page.frameLocator('iframe').locator(tag).getByText(words, { exact: true }).first().waitFor()
      return true
    },
    async reply(to, mail, text) {
      await page.goto(mail.id)
      await page.getByRole('link', { name: /^Atbildēt kā / }).click()
      const field = page.getByLabel('Teksts', { exact: true })
      await field.fill(`${text}\n\n${await field.inputValue()}`)
      await press(page, 'Sūtīt')
      assert.match(page.url(), /\?done=/, 'the newsroom took the answer')
    },
  }
}
