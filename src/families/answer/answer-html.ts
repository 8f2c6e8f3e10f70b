import * as accounts from '../../accounts/accounts.ts'
import { type Day, dayAfter, weekday } from '../../platform/day.ts'
import { inForceToday } from '../../platform/law-of-texts.ts'
import { type Html, html, type Language } from '../../platform/pages/html.ts'
import { lawMark } from '../../platform/pages/law-mark.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import { fill } from '../family-frame.ts'
import type { PersonAnswer } from './answer.ts'
import { sayDay, situationOf } from './situation.ts'
import { type AnswerTextKey, answerText } from './words.ts'

/** An answer in a page without script: a headline, a block with its terms, and the way of a card. */

export type Reader = { readonly language: Language; readonly today: Day }

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

/** What one is called at home: the last word of the name; of two who share it, the whole names. */
export function shortNames(fullNames: readonly string[]): string[] {
  const given = fullNames.map(name => name.trim().split(/\s+/).at(-1) ?? name)
  return fullNames.map((name, at) => {
    const short = given[at] ?? name
    return given.filter(one => one === short).length > 1 ? name : short
  })
}

const hour = (time: string) => time.slice(0, 5)
const partOfDay = (time: string) => (time < '12' ? 'morning' : time < '18' ? 'afternoon' : 'evening')

function whenText({ language, today }: Reader, visit: NonNullable<PersonAnswer['visit']>): string {
  const tell = answerText(language)
  const part = partOfDay(visit.startsAt)
  if (visit.day === today) return tell(`${part}-today`)
  if (visit.day === dayAfter(today)) return tell(`${part}-tomorrow`)
  const day = sayDay(visit.day, today, language)
  return language === 'vi' ? `${capital(tell(part))} ${day},` : `${day}, in the ${tell(part)}`
}

function deedOf({ visit, toAsk }: PersonAnswer): AnswerTextKey {
  if (visit?.kind === 'activation') return 'do-activation'
  if (visit?.kind === 'raise-level') return 'do-raise'
  const card = toAsk.some(need => need === 'card' || need === 'card-renewal')
  const account = toAsk.includes('account')
  if (card) return account ? 'do-card-account' : 'do-card'
  return account ? 'do-account' : toAsk.includes('level-2') ? 'do-raise' : 'do-visit'
}

const needsText = (language: Language, needs: PersonAnswer['toAsk']) =>
  needs.map(need => answerText(language)(`need-${need}` as AnswerTextKey)).join(', ')

const awaitsYou = ({ application }: PersonAnswer) => application?.awaited?.who === 'you'
const waitsThere = ({ application, cardWaits }: PersonAnswer) =>
  cardWaits || application?.card === 'at-unit' || application?.card === 'dispatched'

/** What a person has to do, in a sentence: the first thing that is so. */
export function headlineOf(reader: Reader, answer: PersonAnswer, name: string): string {
  const tell = answerText(reader.language)
  const { visit, toAsk } = answer
  return fill(tell(keyOfHeadline(answer)), {
    name,
    when: visit ? whenText(reader, visit) : '',
    what: visit ? tell(deedOf(answer)) : needsText(reader.language, toAsk),
  })
}

function keyOfHeadline(answer: PersonAnswer) {
  if (answer.visit) return 'head-visit'
  if (waitsThere(answer)) return 'head-waits'
  if (awaitsYou(answer)) return 'head-asked'
  if (answer.toAsk.length > 0) return 'head-lacking'
  return answer.application || answer.lacking.length > 0 ? 'head-moving' : 'head-done'
}

/** What is nearest comes first: visits by day and hour, then what waits, what is lacking, what is done. */
export function nearness(answer: PersonAnswer): string {
  if (answer.visit) return `0 ${answer.visit.day} ${answer.visit.startsAt}`
  if (waitsThere(answer) || awaitsYou(answer)) return '1'
  if (answer.toAsk.length > 0) return `2 ${answer.days[0]?.lastSafeOn ?? '9'}`
  return answer.lacking.length > 0 ? '3' : '4'
}

type Row = readonly [term: string, value: Html | string]

function accountState({ language, today }: Reader, account: accounts.Account): string {
  const tell = answerText(language)
  const by = account.activateBy ? sayDay(account.activateBy, today, language) : ''
  if (account.state !== 'approved') return tell(`account-${account.state}` as AnswerTextKey)
  if (accounts.needsHotline(account, today)) return fill(tell('account-lapsed'), { by })
  return fill(tell(by ? 'account-approved' : 'account-approved-untold'), { by })
}

/** Today, above a page that may lie in a drawer: Thứ Năm 20/04/2023. */
export const todayText = ({ language, today }: Reader): string =>
  capital(`${answerText(language)(`weekday-${weekday(today)}` as AnswerTextKey)} ${dayIn(today, language)}`)

/** Where one can always ask. */
export const anyCounter = ({ language }: Reader): string => answerText(language)('any-counter')

/** The counter and its hours, where one goes without being asked. */
export function counterText({ language }: Reader, { counter }: PersonAnswer): string | undefined {
  if (!counter) return undefined
  const tell = answerText(language)
  const { morningFrom, morningTo, afternoonFrom, afternoonTo, saturday } = counter.hours
  return fill(tell('counter-hours'), {
    name: counter.name,
    morning: `${hour(morningFrom)}–${hour(morningTo)}`,
    afternoon: `${hour(afternoonFrom)}–${hour(afternoonTo)}`,
    saturday: saturday === 'morning' ? tell('counter-saturday') : '',
  })
}

/** Until when, and why then: the soonest day for the card and for the account, each with its event. */
function latestRows({ language, today }: Reader, { days, counter }: PersonAnswer): Row[] {
  const tell = answerText(language)
  const soonest = (['account', 'card'] as const).flatMap(what => days.find(day => day.what === what) ?? [])
  const ahead = soonest.filter(({ officeOn }) => officeOn >= today)
  const past = soonest.filter(({ officeOn }) => officeOn < today)
  const place = counter?.name ?? tell('any-counter')
  const latest = ahead.map(
    ({ what, officeOn }, at) =>
      html`${at > 0 && ', '}${fill(tell(`latest-${what}`), { day: '' }).trim()} <strong>${sayDay(
        officeOn as Day,
        today,
        language,
      )}</strong>`,
  )
  const why = [
    ...ahead.map(({ workingDays, deadline, by, law }) => {
      const text = fill(tell('why-days'), { n: workingDays, event: deadline, by: sayDay(by as Day, today, language) })
      return html`<span class="line">${text} ${lawMark(law, language)}</span>`
    }),
    ...past.map(({ deadline, by }) => {
      const text = tell(by < today ? 'why-event-passed' : 'why-passed')
      const filled = fill(text, { event: deadline, by: sayDay(by as Day, today, language), counter: place })
      return html`<span class="line">${capital(filled)}</span>`
    }),
  ]
  return [
    ...(latest.length > 0 ? [[tell('latest'), html`${latest}`] as const] : []),
    ...(why.length > 0 ? [[tell('why'), html`${why}`] as const] : []),
  ]
}

function applicationRow({ language, today }: Reader, { application }: PersonAnswer): Row[] {
  if (!application) return []
  const { text, limit, passed } = situationOf(application, today, language)
  return [
    [
      answerText(language)('state'),
      html`${text}.${limit && html` <span class="line">${capital(limit)}</span>`}${
        passed && html` <strong class="line late">${capital(passed)}</strong>`
      }`,
    ],
  ]
}

/** The terms of a block; those that say nothing are left out. */
function rowsOf(reader: Reader, answer: PersonAnswer, { isLackingSaid }: { readonly isLackingSaid: boolean }): Row[] {
  const { language } = reader
  const tell = answerText(language)
  const { toAsk, bring, account, visit, isFree } = answer
  const brings = bring.map(one => tell(`bring-${one}`)).join(', ')
  const where = visit ? undefined : counterText(reader, answer)
  const isToGo = toAsk.length > 0 || waitsThere(answer) || awaitsYou(answer)
  return [
    ...(toAsk.length > 0 && !isLackingSaid ? [[tell('lacking'), needsText(language, toAsk)] as const] : []),
    ...(isToGo
      ? [
          [
            tell('bring'),
            html`<strong>${brings || tell('bring-nothing')}</strong>${isFree && html`. ${tell('no-fee')}`}`,
          ] as const,
        ]
      : []),
    ...applicationRow(reader, answer),
    ...(account && account.state !== 'activated' ? [[tell('account'), accountState(reader, account)] as const] : []),
    ...latestRows(reader, answer),
    ...(where && isToGo ? [[tell('where'), where] as const] : []),
  ]
}

type BlockOptions = {
  readonly name: string
  readonly id: string
  /** What heads a block of somebody who is expected nowhere: their name, where the page’s own title says the rest. */
  readonly head: 'name' | 'headline' | 'none'
  /** Buttons under the block. */
  readonly deeds?: Html | false | undefined
}

/** The month beside its number: tháng 4, April. */
function monthText({ language }: Reader, day: Day): string {
  if (language === 'vi') return fill(answerText('vi')('month'), { n: Number(day.slice(5, 7)) })
  return dayIn(day.slice(0, 7), 'en').replace(/ \d+$/, '')
}

const placeText = ({ language }: Reader, { site, address, ticket }: NonNullable<PersonAnswer['visit']>) =>
  [site, address, ticket && `${answerText(language)('ticket')} ${ticket}`].filter(Boolean).join(', ')

const termsHtml = (rows: readonly Row[]) =>
  html`<dl class="terms">${rows.map(([term, value]) => html`<div><dt>${term}</dt><dd>${value}</dd></div>`)}</dl>`

/** One person's block: the day and hour where they are expected, then the terms, then what can be done here. */
export function blockHtml(reader: Reader, answer: PersonAnswer, { name, id, head: heads, deeds }: BlockOptions): Html {
  const { visit } = answer
  const head = visit
    ? html`<div class="when"><p class="date" aria-hidden="true"><b>${Number(visit.day.slice(8))}</b>
<span>${monthText(reader, visit.day)}</span></p>
<div><h2 id="${id}">${name}: ${hour(visit.startsAt)}, ${withinLine(whenText(reader, visit))}</h2>
<p>${placeText(reader, visit)}</p></div></div>`
    : heads !== 'none' &&
      html`<div class="when"><div><h2 id="${id}">${
        heads === 'name' ? name : headlineOf(reader, answer, name)
      }</h2></div></div>`
  const says = keyOfHeadline(answer)
  const rows = rowsOf(reader, answer, { isLackingSaid: heads === 'headline' && says === 'head-lacking' })
  return html`<section class="person" ${head ? html`aria-labelledby="${id}"` : html`aria-label="${name}"`}>${head}
${rows.length > 0 && termsHtml(rows)}
${deeds && html`<div class="deeds">${deeds}</div>`}</section>`
}

/** Behind an hour. A day of the week keeps its capital in English. */
const withinLine = (text: string) =>
  (/^(Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day/.test(text) ? text : lower(text)).replace(/,$/, '')

const lower = (text: string) => text.charAt(0).toLowerCase() + text.slice(1)

type Step = {
  readonly key: AnswerTextKey
  readonly state: 'done' | 'now' | 'later'
  readonly hint?: string | undefined
}

/** The way of a card and an account, with real days where there are any; nothing for whom there is nothing to do. */
export function stepsOf(reader: Reader, answer: PersonAnswer): Step[] {
  const { language, today } = reader
  const tell = answerText(language)
  const { application, lacking, account, visit, cardLimit, cardWaits } = answer
  const needsCard = lacking.some(need => need === 'card' || need === 'card-renewal')
  if (!needsCard && !application) return []
  const on = (step: string) => application?.steps.find(one => one.step === step)?.on
  const day = (of: Day | undefined) => of && sayDay(of, today, language)
  const captured = application && !['refused', 'cancelled', 'recapture'].includes(application.card)
  const there = waitsThere(answer)
  const made = on('printed') ?? (there ? today : undefined)
  const isActive = account?.state === 'activated'
  const limit = application?.limit && fill(tell('step-until'), { day: day(application.limit.dueOn) ?? '' })
  const ownLimit = cardLimit && fill(tell('step-limit'), { n: cardLimit.workingDays })
  const activateBy = account?.state === 'approved' && account.activateBy
  const daysToActivate = inForceToday(accounts.daysToActivate)
  return [
    {
      key: 'step-capture',
      state: captured || cardWaits ? 'done' : 'now',
      hint: captured ? day(application?.takenOn) : day(visit?.day),
    },
    {
      key: 'step-made',
      state: made || there ? 'done' : captured ? 'now' : 'later',
      hint: made && on('printed') ? day(on('printed')) : (limit ?? ownLimit),
    },
    { key: 'step-fetch', state: there ? 'now' : 'later', hint: there ? tell('step-waits') : undefined },
    {
      key: 'step-activate',
      state: isActive ? 'done' : activateBy ? 'now' : 'later',
      hint: isActive
        ? undefined
        : activateBy
          ? fill(tell('step-activate-by'), { day: day(activateBy) ?? '' })
          : fill(tell('step-activate-in'), { n: daysToActivate }),
    },
  ]
}

/** Of several people the way of each is folded. */
export function stepsHtml(
  reader: Reader,
  answer: PersonAnswer,
  { id, folded }: { readonly id: string; readonly folded?: string | undefined },
): Html | false {
  const tell = answerText(reader.language)
  const steps = stepsOf(reader, answer)
  if (steps.length === 0) return false
  const list = html`<ol>${steps.map(
    ({ key, state, hint }) =>
      html`<li class="${state}"${state === 'now' && html` aria-current="step"`}><span>${tell(key)}${
        state !== 'later' && html`<span class="unseen">: ${tell(state)}</span>`
      }</span>${hint && html`<span class="hint">${hint}</span>`}</li>`,
  )}</ol>`
  return folded
    ? html`<details class="way folded">
<summary>${tell('steps')}<span class="unseen"> ${folded}</span></summary>${list}</details>`
    : html`<section class="way" aria-labelledby="${id}"><h2 id="${id}">${tell('steps')}</h2>${list}</section>`
}
