import * as enrolment from '../enrolment/enrolment.ts'
import { type Html, html } from '../platform/pages/html.ts'
import type { CardAnswer, CardShown, Standing } from './citizens.ts'
import { type Frame, framed } from './page-frame.ts'
import { dayShown, factsShown } from './shown.ts'
import type { WordKey } from './words.ts'

type ReceiptKey = Parameters<ReturnType<typeof enrolment.say>>[0]

/** A state of an application in the words of the receipt's page. */
function stateOf({ language }: Frame, view: enrolment.ReceiptView): string {
  return enrolment.say(language)(`state-${view.card}` as ReceiptKey)
}

function reasonOf({ language }: Frame, { reason }: enrolment.ReceiptView): string | undefined {
  if (!reason) return undefined
  const tell = enrolment.say(language)
  const text = tell(`reason-${reason}` as ReceiptKey)
  return text === `reason-${reason}` ? tell('reason-other') : text
}

function whoWaits({ language, tell }: Frame, { awaited }: enrolment.ReceiptView): string | undefined {
  if (!awaited) return undefined
  const words = enrolment.say(language)
  if (awaited.who === 'you') return [tell('you'), awaited.unit].filter(Boolean).join(' · ')
  return { maker: words('maker'), centre: words('checker'), unit: awaited.unit ?? '' }[awaited.who]
}

const dueOf = ({ tell }: Frame, { awaited }: enrolment.ReceiptView) =>
  awaited?.by ? tell('card-applied-by', { day: dayShown(awaited.by) }) : ''

type Answer = {
  readonly title: string
  readonly text?: string | undefined
  readonly kind: 'done' | 'moving' | 'waiting' | 'late' | 'none'
}

function applied(frame: Frame, view: enrolment.ReceiptView): Answer {
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
      text: [reasonOf(frame, view), dueOf(frame, view)].filter(Boolean).join('; '),
      kind: 'late',
    }
  const waits = view.awaited && tell('card-applied-who', { who: whoWaits(frame, view) ?? '' })
  return { title: stateOf(frame, view), text: [waits, dueOf(frame, view)].filter(Boolean).join(', '), kind: 'moving' }
}

function comingOf({ tell }: Frame, { state, at, place, since }: CardShown): Answer {
  const text = since && tell('card-since', { day: dayShown(since) })
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

function held({ tell }: Frame, { until, hasTerm, issuedOn }: CardShown): Answer {
  const issued = issuedOn && tell('card-issued', { day: dayShown(issuedOn) })
  if (until) return { title: tell('card-in-force-until', { day: dayShown(until) }), text: issued, kind: 'done' }
  if (hasTerm === 'no') return { title: tell('card-no-term'), text: issued, kind: 'done' }
  return {
    title: tell('card-in-force'),
    text: [issued, tell('card-term-printed')].filter(Boolean).join(' '),
    kind: 'done',
  }
}

/** The one answer: how it stands with the card. */
export function answerShown(frame: Frame, answer: CardAnswer): Answer {
  const { tell } = frame
  if (answer.is === 'applied') return applied(frame, answer.view)
  if (answer.is === 'coming') return comingOf(frame, answer.card)
  if (answer.is === 'in-force') return held(frame, answer.card)
  if (answer.is === 'must-renew')
    return { title: tell('card-must-renew'), text: tell('card-must-renew-how'), kind: 'late' }
  if (answer.is === 'blocked') return { title: tell('card-blocked'), text: tell('card-blocked-how'), kind: 'late' }
  if (answer.is === 'too-young')
    return {
      title: tell('card-too-young'),
      text: tell('card-too-young-from', { day: dayShown(answer.from) }),
      kind: 'none',
    }
  return { title: tell('card-none'), text: tell('card-none-how'), kind: 'waiting' }
}

/** Steps that are done are ticked; the last of them is where it stands. */
function steps({ language }: Frame, view: enrolment.ReceiptView): Html {
  const tell = enrolment.say(language)
  const last = view.steps.findLastIndex(({ on }) => on !== undefined)
  return html`<ol class="path">${view.steps.map(
    ({ step, on }, at) =>
      html`<li${at <= last && html` class="done"`}${at === last && html` aria-current="step"`}>${tell(`step-${step}`)}${on && html` <span class="hint">${dayShown(on)}</span>`}</li>`,
  )}</ol>`
}

const application = (frame: Frame, view: enrolment.ReceiptView): Html => {
  const { tell } = frame
  const { awaited, code, takenOn } = view
  return html`<section class="item"><h3>${code ? tell('application', { code }) : tell('application-of', { day: dayShown(takenOn) })}</h3>
${factsShown([
  [tell('state'), stateOf(frame, view)],
  [tell('why'), reasonOf(frame, view)],
  [tell('who'), whoWaits(frame, view)],
  awaited?.by && [tell('by'), dayShown(awaited.by)],
  [tell('taken'), view.unit],
  [tell('taken-on'), dayShown(takenOn)],
])}${steps(frame, view)}</section>`
}

const card = ({ tell }: Frame, one: CardShown): Html =>
  html`<section class="item">${factsShown([
    [tell('state'), tell(`state-${one.state}` as WordKey)],
    [tell('place'), one.place],
    [tell('serial'), one.serial],
    one.issuedOn && [tell('issued'), dayShown(one.issuedOn)],
    [tell('term'), one.until ? dayShown(one.until) : one.hasTerm === 'no' ? tell('no-term') : undefined],
  ])}</section>`

/** Every card and every application of one person, with what each waits for. */
export function cardPage(frame: Frame, { answer, cards, applications }: Standing): string {
  const { tell } = frame
  const { title, text } = answerShown(frame, answer)
  return framed(
    frame,
    title,
    html`${text && html`<p>${text}</p>`}
<h2>${tell('applications')}</h2>
${applications.length > 0 ? applications.map(view => application(frame, view)) : html`<p class="hint">${tell('no-application')}</p>`}
<h2>${tell('card')}</h2>
${cards.length > 0 ? cards.map(one => card(frame, one)) : html`<p class="hint">${tell('no-card')}</p>`}`,
  )
}
