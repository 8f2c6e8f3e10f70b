import * as enrolment from '../enrolment/enrolment.ts'
import { type Html, html } from '../platform/pages/html.ts'
import type { CardAnswer, CardView, CitizenOverview } from './citizens.ts'
import { dayText, factsHtml } from './formats.ts'
import { type CitizenFrame, pageInFrame } from './page-frame.ts'
import type { CitizenTextKey } from './words.ts'

type ReceiptKey = Parameters<ReturnType<typeof enrolment.receiptText>>[0]

/** A state of an application in the words of the receipt's page. */
function stateText({ language }: CitizenFrame, view: enrolment.ReceiptView): string {
  return enrolment.receiptText(language)(`state-${view.card}` as ReceiptKey)
}

function reasonText({ language }: CitizenFrame, { reason }: enrolment.ReceiptView): string | undefined {
  if (!reason) return undefined
  const tell = enrolment.receiptText(language)
  const text = tell(`reason-${reason}` as ReceiptKey)
  return text === `reason-${reason}` ? tell('reason-other') : text
}

function awaitedText({ language, tell }: CitizenFrame, { awaited }: enrolment.ReceiptView): string | undefined {
  if (!awaited) return undefined
  const words = enrolment.receiptText(language)
  if (awaited.who === 'you') return [tell('you'), awaited.unit].filter(Boolean).join(' · ')
  return { maker: words('maker'), centre: words('checker'), unit: awaited.unit ?? '' }[awaited.who]
}

const dueText = ({ language, tell }: CitizenFrame, { awaited }: enrolment.ReceiptView) =>
  awaited?.by ? tell('card-applied-by', { day: dayText(awaited.by, language) }) : ''

type CardAnswerBox = {
  readonly title: string
  readonly text?: string | undefined
  readonly kind: 'done' | 'moving' | 'waiting' | 'late' | 'none'
}

function appliedAnswer(frame: CitizenFrame, view: enrolment.ReceiptView): CardAnswerBox {
  const { tell } = frame
  if (view.card === 'at-unit' || view.card === 'dispatched')
    return {
      title: tell('card-fetch'),
      text: tell('card-fetch-at', { place: view.awaited?.unit ?? view.unit }),
      kind: 'waiting',
    }
  if (view.awaited?.who === 'you')
    return {
      title: tell('card-waits-you'),
      text: [reasonText(frame, view), dueText(frame, view)].filter(Boolean).join('; '),
      kind: 'late',
    }
  const waits = view.awaited && tell('card-applied-who', { who: awaitedText(frame, view) ?? '' })
  return {
    title: stateText(frame, view),
    text: [waits, dueText(frame, view)].filter(Boolean).join(', '),
    kind: 'moving',
  }
}

function comingAnswer({ language, tell }: CitizenFrame, { state, at, place, since }: CardView): CardAnswerBox {
  const text = since && tell('card-since', { day: dayText(since, language) })
  if (at === 'missing') return { title: tell('card-lost-on-way'), text, kind: 'late' }
  if (at === 'in-box' && place) return { title: tell('card-on-way', { place }), text, kind: 'moving' }
  if (state === 'at-unit')
    return {
      title: tell('card-fetch'),
      text: place ? tell('card-fetch-at', { place }) : tell('card-fetch-somewhere'),
      kind: 'waiting',
    }
  return { title: tell(state === 'applied' ? 'card-applied' : 'card-being-made'), text, kind: 'moving' }
}

function inForceAnswer({ language, tell }: CitizenFrame, { until, hasTerm, issuedOn }: CardView): CardAnswerBox {
  const issued = issuedOn && tell('card-issued', { day: dayText(issuedOn, language) })
  if (until)
    return { title: tell('card-in-force-until', { day: dayText(until, language) }), text: issued, kind: 'done' }
  if (hasTerm === 'no') return { title: tell('card-no-term'), text: issued, kind: 'done' }
  return {
    title: tell('card-in-force'),
    text: [issued, tell('card-term-printed')].filter(Boolean).join(' '),
    kind: 'done',
  }
}

/** The one answer: how it stands with the card. */
export function cardAnswerBox(frame: CitizenFrame, answer: CardAnswer): CardAnswerBox {
  const { tell } = frame
  if (answer.is === 'applied') return appliedAnswer(frame, answer.view)
  if (answer.is === 'coming') return comingAnswer(frame, answer.card)
  if (answer.is === 'in-force') return inForceAnswer(frame, answer.card)
  if (answer.is === 'must-renew')
    return { title: tell('card-must-renew'), text: tell('card-must-renew-how'), kind: 'late' }
  if (answer.is === 'blocked') return { title: tell('card-blocked'), text: tell('card-blocked-how'), kind: 'late' }
  if (answer.is === 'too-young')
    return {
      title: tell('card-too-young'),
      text: tell('card-too-young-from', { day: dayText(answer.from, frame.language) }),
      kind: 'none',
    }
  return { title: tell('card-none'), text: tell('card-none-how'), kind: 'waiting' }
}

/** Steps that are done are ticked; the last of them is where it stands. */
function stepsHtml({ language }: CitizenFrame, view: enrolment.ReceiptView): Html {
  const tell = enrolment.receiptText(language)
  const last = view.steps.findLastIndex(({ on }) => on !== undefined)
  return html`<ol class="path">${view.steps.map(
    ({ step, on }, at) =>
      html`<li${at <= last && html` class="done"`}${
        at === last &&
        html`
        aria-current="step"`
      }>${tell(`step-${step}`)}${on && html` <span class="hint">${dayText(on, language)}</span>`}</li>`,
  )}</ol>`
}

const applicationHtml = (frame: CitizenFrame, view: enrolment.ReceiptView): Html => {
  const { tell } = frame
  const { awaited, code, takenOn } = view
  return html`<section class="item"><h3>${
    code ? tell('application', { code }) : tell('application-of', { day: dayText(takenOn, frame.language) })
  }</h3>
${factsHtml([
  [tell('state'), stateText(frame, view)],
  [tell('why'), reasonText(frame, view)],
  [tell('who'), awaitedText(frame, view)],
  awaited?.by && [tell('by'), dayText(awaited.by, frame.language)],
  [tell('taken'), view.unit],
  [tell('taken-on'), dayText(takenOn, frame.language)],
])}${stepsHtml(frame, view)}</section>`
}

const cardHtml = ({ language, tell }: CitizenFrame, one: CardView): Html =>
  html`<section class="item">${factsHtml([
    [tell('state'), tell(`state-${one.state}` as CitizenTextKey)],
    [tell('place'), one.place],
    [tell('serial'), one.serial],
    one.issuedOn && [tell('issued'), dayText(one.issuedOn, language)],
    [tell('term'), one.until ? dayText(one.until, language) : one.hasTerm === 'no' ? tell('no-term') : undefined],
  ])}</section>`

/** Every card and every application of one person, with what each waits for. */
export function cardPage(frame: CitizenFrame, { answer, cards, applications }: CitizenOverview): string {
  const { tell } = frame
  const { title, text } = cardAnswerBox(frame, answer)
  return pageInFrame(
    frame,
    title,
    html`${text && html`<p>${text}</p>`}
<h2>${tell('applications')}</h2>
${
  applications.length > 0
    ? applications.map(view => applicationHtml(frame, view))
    : html`<p class="hint">
${tell('no-application')}</p>`
}
<h2>${tell('card')}</h2>
${cards.length > 0 ? cards.map(one => cardHtml(frame, one)) : html`<p class="hint">${tell('no-card')}</p>`}`,
  )
}
