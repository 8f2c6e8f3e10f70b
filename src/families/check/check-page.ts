import * as planning from '../../planning/planning.ts'
import { hidden, html } from '../../platform/pages/html.ts'
import { numberIn } from '../../platform/terms/numbers-and-days.ts'
import { type PersonAnswer, serviceToBook } from '../answer/answer.ts'
import { blockHtml, headlineOf, stepsHtml } from '../answer/answer-html.ts'
import { bookingFrame, type FamilyFrame, fill, framed } from '../family-frame.ts'
import type { HoursOfOne } from './hours.ts'
import { checkText } from './words.ts'

type FormState = { readonly wrong?: 'wrong' | { readonly seconds: number } }

/** The form keeps nothing that was typed: it may be a public computer, and the next is another person. */
export function checkFormPage(frame: FamilyFrame, { wrong }: FormState = {}): string {
  const tell = checkText(frame.language)
  const text =
    wrong === 'wrong'
      ? tell('wrong')
      : wrong && fill(frame.tell('try-soon'), { seconds: numberIn(wrong.seconds, frame.language) })
  const said = text && html` aria-describedby="wrong"`
  return framed(
    frame,
    tell('title'),
    html`<p>${tell('intro')}</p>
${text && html`<p class="wrong" role="alert" id="wrong">${text}</p>`}
<form method="post" action="/citizen/check" autocomplete="off">${hidden('form', frame.form)}
<label for="number">${tell('number')}</label>
<input id="number" name="number" required inputmode="numeric" autocomplete="off" maxlength="20"${said}>
<label for="born">${tell('born')}</label>
<input id="born" name="born" required inputmode="numeric" autocomplete="off" maxlength="14" placeholder="15/03/2005"
aria-describedby="born-hint">
<p class="hint" id="born-hint">${tell('born-hint')}</p>
<label for="code">${tell('code')}</label>
<input id="code" name="code" required autocomplete="off" autocapitalize="characters" spellcheck="false" maxlength="20"
placeholder="0A1B-2C3D" aria-describedby="code-hint">
<p class="hint" id="code-hint">${tell('code-hint')}</p>
<button class="button" type="submit">${tell('look')}</button>
</form>`,
  )
}

/** The way to the hours, where there is something to come for. */
function hoursHtml(frame: FamilyFrame, answer: PersonAnswer, proof: string) {
  const service = serviceToBook(answer)
  if (!service) return false
  const tell = checkText(frame.language)
  const carried = html`${hidden('form', frame.form)}${hidden('proof', proof)}${hidden('step', 'look')}`
  const text = tell(answer.visit ? 'move-hour' : 'choose-hour')
  return html`<form method="post" action="${hoursPath}">${carried}${hidden('service', service)}
<button type="submit">${text}</button></form>`
}

const hoursPath = '/citizen/check/hours'

/** Every form carries the proof, since no address names anybody and no cookie is left on a public computer. */
const urlsOfProof = (proof: string): planning.BookingUrls => ({
  action: hoursPath,
  at: () => hoursPath,
  ticket: () => hoursPath,
  carried: { proof },
})

type HoursPage = { readonly hours: HoursOfOne; readonly proof: string; readonly notes: planning.BookingNotes }

export const hoursOfOnePage = (frame: FamilyFrame, { hours, proof, notes }: HoursPage): string =>
  framed(
    frame,
    fill(checkText(frame.language)('hours-of'), { name: hours.name }),
    html`${planning.bookingBody(bookingFrame(frame, hours.lawRows), hours.view, urlsOfProof(proof), notes)}
<p class="hint">${checkText(frame.language)('hours-leave')}</p>
<p class="ways-on"><a href="/citizen/check">${checkText(frame.language)('again')}</a></p>`,
  )

export const ticketOfOnePage = (
  frame: FamilyFrame,
  { card, proof }: { readonly card: planning.BookingCard; readonly proof: string },
): string => {
  const drawn = bookingFrame(frame, undefined)
  return framed(
    frame,
    planning.ticketText(card.booking.service, card.booking.number),
    planning.ticketPaper(card, drawn, planning.backToBooking(drawn, urlsOfProof(proof), card.booking.id)),
  )
}

/** The answer of one person. What it may lead to stands sealed in its form, since no address names anybody. */
export function checkAnswerPage(frame: FamilyFrame, answer: PersonAnswer, proof: string): string {
  const tell = checkText(frame.language)
  const name = answer.fullName
  return framed(
    frame,
    headlineOf(frame, answer, name),
    html`${blockHtml(frame, answer, { name, id: 'person', head: 'none', deeds: hoursHtml(frame, answer, proof) })}
${stepsHtml(frame, answer, { id: 'steps' })}
<details class="more"><summary>${frame.tell('phone-not-mine')}</summary>
<p>${fill(frame.tell('phone-not-mine-how'), { name: answer.fullName })}</p>
<form method="post" action="/citizen/check/phone">${hidden('form', frame.form)}${hidden('proof', proof)}
<button class="button plain" type="submit">${frame.tell('phone-stop')}</button></form></details>
<p class="hint">${tell('no-change')} ${tell('noted')}</p>
<p class="ways-on"><a href="/citizen/check">${tell('again')}</a>
<a href="/account/sign-in?return=%2Fcitizen%2F">${tell('sign-in')}</a></p>`,
  )
}

export function phoneStoppedPage(frame: FamilyFrame, name: string): string {
  return framed(
    frame,
    frame.tell('phone-not-mine'),
    html`<p class="right" role="status">${fill(frame.tell('phone-stopped'), { name })}</p>
<p class="ways-on"><a href="/citizen/check">${checkText(frame.language)('again')}</a></p>`,
  )
}
