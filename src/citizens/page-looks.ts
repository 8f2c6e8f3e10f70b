import type * as audit from '../audit/audit.ts'
import { dayAt } from '../platform/day.ts'
import { type Html, html } from '../platform/pages/html.ts'
import type { Guesses } from './guesses.ts'
import type { Look, Looker, LooksPage } from './looks.ts'
import { type Frame, framed } from './page-frame.ts'
import { atShown, countShown, dayShown, timeShown } from './shown.ts'
import { fieldsTold, toldCode } from './words-looks.ts'

/** By whom, in words: role and unit, or the party's registered name. */
export function lookerShown(
  { tellLooks, language }: Pick<Frame, 'tellLooks' | 'language'>,
  by: Looker,
): { readonly who: string; readonly of: string } {
  if (by.kind === 'officer') return { who: tellLooks(by.role ? `role-${by.role}` : 'role-none'), of: by.unit }
  if (by.kind === 'party') return { who: by[language], of: '' }
  return { who: tellLooks(`by-${by.kind}`), of: 'unit' in by ? by.unit : '' }
}

/** When, who, why, what, and about which case. */
export function lookShown(frame: Frame, { at, by, purpose, fields, about }: Look, { dated = false } = {}): Html {
  const { tellLooks } = frame
  const { who, of } = lookerShown(frame, by)
  const why = toldCode(tellLooks, 'why', purpose)
  return html`<li><time datetime="${at.toISOString()}">${dated ? atShown(at) : timeShown(at)}</time><div><strong>${who}</strong>${of && html`, ${of}`}
<span>${why.charAt(0).toUpperCase()}${why.slice(1)}${about && html` · ${toldCode(tellLooks, 'case', about.kind, { code: about.code })}`}</span>
<span>${tellLooks('saw')} ${fieldsTold(tellLooks, fields)}</span></div></li>`
}

export type LooksShown = LooksPage & {
  readonly counts: audit.Looked
  readonly guesses: readonly Guesses[]
  readonly own: boolean
  /** Whether this is a page behind the first. */
  readonly isLater: boolean
}

/** One line a party: what it said that is not so, when, and what became of it. */
function guessesShown({ tellLooks, language }: Frame, guesses: readonly Guesses[]): Html | false {
  const count = (n: number) => countShown(n, language)
  return (
    guesses.length > 0 &&
    html`<section class="note"><h2>${tellLooks('guesses')}</h2><ul>${guesses.map(
      one =>
        html`<li><strong>${one[language]}</strong>: ${tellLooks(one.from === one.to ? 'guesses-on' : 'guesses-between', { n: count(one.wrongs), from: dayShown(one.from), to: dayShown(one.to) })}${one.refused > 0 && html` ${tellLooks('guesses-refused', { n: count(one.refused) })}`}${one.isStopped && html` ${tellLooks('guesses-stopped')}`}</li>`,
    )}</ul><p class="hint">${tellLooks('guesses-how')}</p></section>`
  )
}

const address = ({ own, before }: { own: boolean; before?: string | undefined }) => {
  const query = new URLSearchParams({ ...(before && { before }), ...(own && { own: 'yes' }) }).toString()
  return `/citizen/looks${query && `?${query}`}`
}

export function looksPage(frame: Frame, { looks, next, counts, guesses, own, isLater }: LooksShown): string {
  const { tellLooks, language, child } = frame
  const count = (n: number) => countShown(n, language)
  const days = [...Map.groupBy(looks, ({ at }) => dayAt(at))]
  return framed(
    frame,
    child ? tellLooks('title-child', { name: child }) : tellLooks('title'),
    html`${counts.total > 0 && html`<p><strong>${counts.lately > 0 ? tellLooks('lately', { n: count(counts.lately) }) : tellLooks('lately-none')}</strong> ${tellLooks('total', { n: count(counts.total) })}</p>`}
${guessesShown(frame, guesses)}
${looks.length === 0 && html`<p><strong>${tellLooks('none')}</strong></p><p class="hint">${tellLooks('none-how')}</p>`}
${days.map(([day, those]) => html`<h2 class="day">${dayShown(day)}</h2><ul class="looks">${those.map(look => lookShown(frame, look))}</ul>`)}
${next && html`<p><a class="button plain" rel="next" href="${address({ own, before: next })}">${tellLooks('older')}</a></p>`}
${isLater && html`<p><a href="${address({ own })}">${tellLooks('newest')}</a></p>`}
${counts.own > 0 && html`<p class="hint">${!own && tellLooks('own-hidden', { n: count(counts.own) })} <a href="${address({ own: !own })}">${tellLooks(own ? 'own-hide' : 'own-show')}</a></p>`}
<p class="hint">${tellLooks('about-names')}</p>`,
    { width: 'wide' },
  )
}
