import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { requestProblem } from '../platform/http/problems.ts'
import { html, words } from '../platform/pages/html.ts'
import * as staff from '../staff/staff.ts'
import type { DemonstrationCitizen } from './citizens.ts'

const say = words({
  people: ['Người dân để dùng thử', 'Citizens to try out'],
  explained: [
    'Không ai trong số này có thật. Đăng nhập ở trang công dân, hoặc ở trang của bên liên kết; ' +
      'tin nhắn đến điện thoại của họ hiện ở cuối trang này.',
    'None of them is real. Sign in on the citizen’s page, or at a relying party; ' +
      'messages to their phones stand at the end of this page.',
  ],
  who: ['Người', 'Who'],
  'to-sign-in': ['Số định danh, mật mã', 'Number, passcode'],
  pupil: ['Học sinh, tài khoản mức 2', 'Pupil, account of level 2'],
  'level-1': ['Tài khoản mức 1', 'Account of level 1'],
  parent: [
    'Cha mẹ có con dưới 14 tuổi (tháng 4/2023 trẻ chưa có tài khoản riêng)',
    'Parent of a child under 14 (who has no account of their own in April 2023)',
  ],
  'not-activated': ['Học sinh đã được duyệt, chưa kích hoạt', 'Pupil, approved and not activated'],
  none: ['chưa có mật mã', 'no passcode yet'],
  messages: ['Tin nhắn đến điện thoại của họ', 'Messages to their phones'],
  'no-messages': [
    'Chưa có tin nào. Tải lại trang sau khi xin mã.',
    'Nothing yet. Load the page again after asking for a code.',
  ],
  citizen: ['Trang công dân', 'The citizen’s page'],
  activate: ['Kích hoạt tài khoản', 'Activate an account'],
})

type OutboxMessage = { readonly to: string; readonly at: string; readonly text: string }

/** The last letters of the outbox to some phones, the latest first. */
async function messagesTo(outbox: string, phones: readonly string[]): Promise<OutboxMessage[]> {
  const days = (await readdir(outbox).catch(() => [])).sort().slice(-2)
  const files = (
    await Promise.all(days.map(async day => (await readdir(join(outbox, day))).map(name => join(outbox, day, name))))
  ).flat()
  const found: OutboxMessage[] = []
  for (const file of files
    .filter(name => name.endsWith('.txt'))
    .sort()
    .slice(-400)) {
    const [head = '', ...rest] = (await readFile(file, 'utf8')).split('\n\n')
    const lines = head.split('\n')
    const field = (name: string) => lines.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
    if (phones.includes(field('To'))) found.push({ to: field('To'), at: field('Date'), text: rest.join('\n\n').trim() })
  }
  return found.sort((a, b) => (a.at < b.at ? 1 : -1)).slice(0, 10)
}

export type DemonstrationPages = {
  readonly outbox: string
  citizens(): readonly DemonstrationCitizen[] | undefined
}

/** Who can be signed in as in a demonstration house, and what came to their phones. Elsewhere there is no such page. */
export function demonstrationPages(app: FastifyInstance, { outbox, citizens }: DemonstrationPages): void {
  app.get('/demonstration/people', { schema: { hide: true } }, async (request, reply) => {
    const people = citizens()
    if (!people) throw requestProblem('page-unknown')
    const frame = staff.frameOf(request, true)
    const tell = say(frame.language)
    const messages = await messagesTo(
      outbox,
      people.flatMap(({ phone }) => phone ?? []),
    )
    const nameOf = (phone: string) => people.find(one => one.phone === phone)?.name
    return staff.sendPage(
      reply,
      200,
      staff.framedPage(
        frame,
        tell('people'),
        html`<p>${tell('explained')}</p>
<table>
<thead><tr><th scope="col">${tell('who')}</th><th scope="col">${tell('to-sign-in')}</th></tr></thead>
<tbody>${people.map(
          one => html`<tr><td>${tell(one.who)}<br><span class="hint">${one.name}</span></td><td>
<code>${one.number}</code><br>${
            one.passcode
              ? html`<code>${one.passcode}</code>`
              : html`<span
class="hint">${tell('none')}</span>`
          }</td></tr>`,
        )}</tbody></table>
<p><a class="button" href="/citizen/">${tell('citizen')}</a>
<a class="button plain" href="/activate">${tell('activate')}</a></p>
<h2>${tell('messages')}</h2>
${
  messages.length === 0
    ? html`<p class="hint">${tell('no-messages')}</p>`
    : html`<ul class="shown">
${messages.map(
  ({ to, at, text }) => html`<li>
<strong>${nameOf(to)}</strong><span>${at.slice(11, 19)} UTC</span><span>${text}</span></li>`,
)}</ul>`
}`,
      ),
    )
  })
}
