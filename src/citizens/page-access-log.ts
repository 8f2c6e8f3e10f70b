import type * as audit from '../audit/audit.ts'
import * as dataProtection from '../data-protection/data-protection.ts'
import { dayAt } from '../platform/day.ts'
import { builtInLaw } from '../platform/law.ts'
import { type Html, html } from '../platform/pages/html.ts'
import type { AccessEntry, AccessLogPage, AccessReader } from './access-log-readers.ts'
import { countText, dayText, instantText, timeText } from './formats.ts'
import { type CitizenFrame, pageInFrame } from './page-frame.ts'
import type { ProbingByParty } from './probing.ts'
import { codeText, fieldsText } from './words-access-log.ts'

/** By whom, in words: role and unit, or the party's registered name. */
export function readerText(
  { tellLooks, language }: Pick<CitizenFrame, 'tellLooks' | 'language'>,
  by: AccessReader,
): { readonly who: string; readonly of: string } {
  if (by.kind === 'officer') return { who: tellLooks(by.role ? `role-${by.role}` : 'role-none'), of: by.unit }
  if (by.kind === 'party') return { who: by[language], of: '' }
  if ('label' in by) return { who: tellLooks(`by-${by.kind}`, { label: by.label }), of: by.unit }
  return { who: tellLooks(`by-${by.kind}`), of: 'unit' in by ? by.unit : '' }
}

/** When, who, why, what, and about which case. */
export function accessEntryHtml(
  frame: CitizenFrame,
  { at, by, purpose, fields, about }: AccessEntry,
  { dated = false } = {},
): Html {
  const { tellLooks, language } = frame
  const basis = dataProtection.legalBasisOf(purpose, dayAt(at), builtInLaw)
  const { who, of } = readerText(frame, by)
  const why = codeText(tellLooks, 'why', purpose)
  const when = dated ? instantText(at, frame.language) : timeText(at)
  return html`<li><time datetime="${at.toISOString()}">${when}</time><div>
    <strong>${who}</strong>${of && html`, ${of}`}
<span>${why.charAt(0).toUpperCase()}${why.slice(1)}${
    about &&
    html`
· ${codeText(tellLooks, 'case', about.kind, { code: about.code })}`
  }</span>
<span>${tellLooks('saw')} ${fieldsText(tellLooks, fields)}</span>${
    basis &&
    html`
<span>${tellLooks('basis-of', { basis: dataProtection.basisText(basis, language) })}</span>`
  }</div></li>`
}

export type AccessLogView = AccessLogPage & {
  readonly counts: audit.AccessCount
  readonly guesses: readonly ProbingByParty[]
  readonly own: boolean
  /** Whether this is a page behind the first. */
  readonly isLater: boolean
}

/** One line a party: what it said that is not so, when, and what became of it. */
function probingHtml({ tellLooks, language }: CitizenFrame, guesses: readonly ProbingByParty[]): Html | false {
  const count = (n: number) => countText(n, language)
  return (
    guesses.length > 0 &&
    html`<section class="note"><h2>${tellLooks('guesses')}</h2><ul>${guesses.map(
      one =>
        html`<li><strong>${one[language]}</strong>: ${tellLooks(
          one.from === one.to ? 'guesses-on' : 'guesses-between',
          { n: count(one.wrongs), from: dayText(one.from, language), to: dayText(one.to, language) },
        )}${one.refused > 0 && html` ${tellLooks('guesses-refused', { n: count(one.refused) })}`}${
          one.isStopped && html` ${tellLooks('guesses-stopped')}`
        }</li>`,
    )}</ul><p class="hint">${tellLooks('guesses-how')}</p></section>`
  )
}

const accessLogUrl = ({ own, before }: { own: boolean; before?: string | undefined }) => {
  const query = new URLSearchParams({ ...(before && { before }), ...(own && { own: 'yes' }) }).toString()
  return `/citizen/looks${query && `?${query}`}`
}

export function renderAccessLog(
  frame: CitizenFrame,
  { looks, next, counts, guesses, own, isLater }: AccessLogView,
): string {
  const { tellLooks, language, child } = frame
  const count = (n: number) => countText(n, language)
  const days = [...Map.groupBy(looks, ({ at }) => dayAt(at))]
  return pageInFrame(
    frame,
    child ? tellLooks('title-child', { name: child }) : tellLooks('title'),
    html`${
      counts.total > 0 &&
      html`<p><strong>${
        counts.lately > 0 ? tellLooks('lately', { n: count(counts.lately) }) : tellLooks('lately-none')
      }</strong> ${tellLooks('total', { n: count(counts.total) })}</p>`
    }
${probingHtml(frame, guesses)}
${looks.length === 0 && html`<p><strong>${tellLooks('none')}</strong></p><p class="hint">${tellLooks('none-how')}</p>`}
${days.map(
  ([day, those]) => html`<h2 class="day">${dayText(day, language)}</h2>
<ul class="looks">${those.map(look => accessEntryHtml(frame, look))}</ul>`,
)}
${
  next &&
  html`<p><a class="button plain"
rel="next" href="${accessLogUrl({ own, before: next })}">${tellLooks('older')}</a></p>`
}
${isLater && html`<p><a href="${accessLogUrl({ own })}">${tellLooks('newest')}</a></p>`}
${
  counts.own > 0 &&
  html`<p class="hint">
${!own && tellLooks('own-hidden', { n: count(counts.own) })}
<a href="${accessLogUrl({ own: !own })}">${tellLooks(own ? 'own-hide' : 'own-show')}</a></p>`
}
<p class="hint">${tellLooks('about-names')}</p>`,
    { width: 'wide' },
  )
}
