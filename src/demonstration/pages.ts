import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FastifyInstance } from 'fastify'
import { requestProblem } from '../platform/http/problems.ts'
import { html, words } from '../platform/pages/html.ts'
import * as staff from '../staff/staff.ts'
import type { DemonstrationCitizen } from './citizens.ts'
import type { DemonstrationFamily } from './families.ts'
import type { DemonstrationLink } from './links.ts'

const say = words({
  people: ['Người dân để dùng thử', 'Citizens to try out'],
  explained: [
    'Không ai trong số này có thật. Đăng nhập ở trang công dân, hoặc ở trang của bên liên kết; ' +
      'tin nhắn đến điện thoại của họ hiện ở cuối trang này.',
    'None of them is real. Sign in on the citizen’s page, or at a relying party; ' +
      'messages to their phones stand at the end of this page.',
  ],
  who: ['Người', 'Who'],
  'to-sign-in': ['Số định danh, passcode', 'Number, passcode'],
  pupil: ['Học sinh, tài khoản [[level-2]]', 'Pupil, account of level 2'],
  'level-1': ['Tài khoản [[level-1]]', 'Account of level 1'],
  parent: [
    'Cha mẹ có con dưới 14 tuổi (tháng 4/2023 trẻ chưa có tài khoản riêng)',
    'Parent of a child under 14 (who has no account of their own in April 2023)',
  ],
  'not-activated': ['Học sinh đã được duyệt, chưa kích hoạt', 'Pupil, approved and not activated'],
  none: ['chưa có passcode', 'no passcode yet'],
  messages: ['Tin nhắn đến điện thoại của họ', 'Messages to their phones'],
  'no-messages': [
    'Chưa có tin nào. Tải lại trang sau khi xin mã.',
    'Nothing yet. Load the page again after asking for a code.',
  ],
  links: ['Liên kết có mã PIN để dùng thử', 'Links with a PIN to try out'],
  'link-of': ['Liên kết', 'Link'],
  'link-pin': ['Mã PIN', 'PIN'],
  'link-class': ['Giáo viên chủ nhiệm lớp', 'Teacher of the class'],
  'link-group': ['Thành viên tổ công nghệ số cộng đồng', 'Member of a community group'],
  citizen: ['Trang công dân', 'The citizen’s page'],
  'all-messages': ['Tin nhắn và thư đã gửi', 'Texts and letters that were sent'],
  'all-messages-explained': [
    'Ở bản minh họa, không tin nhắn hay thư nào ra khỏi máy này: tất cả hiện ở đây, mới nhất trước.',
    'In a demonstration no text or letter leaves this machine: all of them are here, the latest first.',
  ],
  families: ['Gia đình và người chưa có tài khoản', 'Families, and people without an account'],
  'families-explained': [
    'Phiếu của gia đình: nhập mã ở trang của gia đình, rồi ngày sinh. Giấy hẹn: nhập số định danh, ngày sinh và mã.',
    'A family’s slip: type its code on the family’s page, then the birth date. A receipt: type number, birth ' +
      'date and code.',
  ],
  family: ['Phiếu', 'Slip'],
  'code-and-birth': ['Mã, ngày sinh', 'Code, birth date'],
  'family-visit': ['Con được hẹn đến một đợt', 'A child who is expected at a session'],
  'family-siblings': ['Hai con cùng nhà', 'Two children of one home'],
  'family-receipt': ['Có giấy hẹn (kèm số định danh)', 'With a receipt (and the number)'],
  'family-page': ['Trang của gia đình', 'The page of a family'],
  'check-page': ['Xem cần làm gì', 'See what you need'],
  back: ['Quay lại', 'Back'],
  activate: ['Kích hoạt tài khoản', 'Activate an account'],
})

/** An hour of the province. */
const hourOf = (at: Date) =>
  new Intl.DateTimeFormat('vi-VN', {
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    timeZone: 'Asia/Ho_Chi_Minh',
  }).format(at)

type OutboxMessage = { readonly to: string; readonly at: Date; readonly subject: string; readonly text: string }

/** How many messages a page has, and among how many files of two days they are looked for. */
const [shownMessages, readFiles] = [50, 400]

/** The last messages of the outbox, the latest first. */
async function latestMessages(outbox: string): Promise<OutboxMessage[]> {
  const days = (await readdir(outbox).catch(() => [])).sort().slice(-2)
  const files = (
    await Promise.all(days.map(async day => (await readdir(join(outbox, day))).map(name => join(outbox, day, name))))
  ).flat()
  const found: OutboxMessage[] = []
  for (const file of files
    .filter(name => name.endsWith('.txt'))
    .sort()
    .slice(-readFiles)) {
    const [head = '', ...rest] = (await readFile(file, 'utf8')).split('\n\n')
    const lines = head.split('\n')
    const field = (name: string) => lines.find(line => line.startsWith(`${name}: `))?.slice(name.length + 2) ?? ''
    const at = new Date(field('Date'))
    found.push({ to: field('To'), at, subject: field('Subject'), text: rest.join('\n\n').trim() })
  }
  return found.sort((a, b) => b.at.getTime() - a.at.getTime()).slice(0, shownMessages)
}

/** A text with its addresses to press. */
const withLinks = (text: string) =>
  text.split(/(https?:\/\/\S+)/).map((piece, at) => (at % 2 ? html`<a href="${piece}">${piece}</a>` : piece))

const messageList = (messages: readonly OutboxMessage[], none: string, nameOf: (to: string) => string | undefined) =>
  messages.length === 0
    ? html`<p class="hint">${none}</p>`
    : html`<ul class="shown">${messages.map(
        ({ to, at, subject, text }) => html`<li>
<strong>${nameOf(to) ?? to}</strong><span>${hourOf(at)}${subject && ` · ${subject}`}</span>
<span class="message">${withLinks(text)}</span></li>`,
      )}</ul>`

/** Links of teachers and neighbours, with the PIN that elsewhere is told apart. */
const linkTable = (tell: ReturnType<typeof say>, links: readonly DemonstrationLink[]) =>
  links.length > 0 &&
  html`<h2>${tell('links')}</h2>
<table>
<thead><tr><th scope="col">${tell('link-of')}</th><th scope="col">${tell('link-pin')}</th></tr></thead>
<tbody>${links.map(
    ({ kind, of, path, pin }) =>
      html`<tr><td>${tell(`link-${kind}`)}<br><a href="${path}">${of}</a></td><td><code>${pin}</code></td></tr>`,
  )}</tbody></table>`

/** Slips and a receipt with what proves their holder. */
const familyTable = (tell: ReturnType<typeof say>, families: readonly DemonstrationFamily[]) =>
  families.length > 0 &&
  html`<h2>${tell('families')}</h2><p>${tell('families-explained')}</p>
<table>
<thead><tr><th scope="col">${tell('family')}</th><th scope="col">${tell('code-and-birth')}</th></tr></thead>
<tbody>${families.map(
    ({
      who,
      name,
      code,
      born,
      number,
    }) => html`<tr><td>${tell(`family-${who}`)}<br><span class="hint">${name}</span></td>
<td><code>${code}</code><br><code>${born}</code>${number && html`<br><code>${number}</code>`}</td></tr>`,
  )}</tbody></table>
<p><a class="button plain" href="/family">${tell('family-page')}</a>
<a class="button plain" href="/citizen/check">${tell('check-page')}</a></p>`

export type DemonstrationPages = {
  readonly outbox: string
  citizens(): readonly DemonstrationCitizen[] | undefined
  links(): readonly DemonstrationLink[] | undefined
  families(): readonly DemonstrationFamily[]
}

/** Who can be signed in as in a demonstration house, and what came to their phones. Elsewhere there is no such page. */
export function demonstrationPages(
  app: FastifyInstance,
  { outbox, citizens, links, families }: DemonstrationPages,
): void {
  app.get('/demonstration/people', { schema: { hide: true } }, async (request, reply) => {
    const people = citizens()
    if (!people) throw requestProblem('page-unknown')
    const frame = staff.frameOf(request, true)
    const tell = say(frame.language)
    const phones = new Set(people.map(({ phone }) => phone))
    const messages = (await latestMessages(outbox)).filter(({ to }) => phones.has(to)).slice(0, 10)
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
${linkTable(tell, links() ?? [])}
${familyTable(tell, families())}
<h2>${tell('messages')}</h2>
${messageList(messages, tell('no-messages'), nameOf)}`,
      ),
    )
  })

  app.get('/demonstration/messages', { schema: { hide: true } }, async (request, reply) => {
    const people = citizens()
    if (!people) throw requestProblem('page-unknown')
    const frame = staff.frameOf(request, true)
    const tell = say(frame.language)
    const nameOf = (to: string) => people.find(({ phone }) => phone === to)?.name
    const list = messageList(await latestMessages(outbox), tell('no-messages'), nameOf)
    const text = html`<p>${tell('all-messages-explained')}</p>
${list}
<p><a class="button plain" href="/demonstration">${tell('back')}</a></p>`
    return staff.sendPage(reply, 200, staff.framedPage(frame, tell('all-messages'), text))
  })
}
