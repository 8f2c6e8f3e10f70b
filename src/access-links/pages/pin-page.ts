import { statusOf } from '../../platform/limits/limits.ts'
import { type Html, html, type Language } from '../../platform/pages/html.ts'
import { dayIn, numberIn } from '../../platform/terms/numbers-and-days.ts'
import type { LinkKind } from '../link.ts'
import type { LinkOpening } from '../opening.ts'
import { pinText } from './words.ts'

/** Of a family the PIN is the child’s birth date, which it knows; of others six digits that were drawn. */
const isKnown = (kind: LinkKind) => kind === 'family'

export const pinPageTitle = (language: Language, kind: LinkKind): string =>
  pinText(language)(isKnown(kind) ? 'title-known' : 'title')

type Answer = Exclude<LinkOpening, { readonly outcome: 'opened' }>

function answerPart(language: Language, kind: LinkKind, answer: Answer): Html {
  const tell = pinText(language)
  const alert = (...lines: readonly string[]) =>
    html`<p class="wrong" role="alert" id="wrong">${lines.filter(Boolean).join(' ')}</p>`
  if (answer.outcome === 'slowed') return alert(tell('slowed').replace('{seconds}', numberIn(answer.seconds, language)))
  if (answer.outcome === 'wrong')
    return alert(
      tell(isKnown(kind) ? 'wrong-known' : 'wrong'),
      answer.triesLeft > 0
        ? tell('tries-left').replace('{count}', numberIn(answer.triesLeft, language))
        : tell('next-waits'),
    )
  return alert(
    tell(`ended-${answer.why}`).replace('{day}', dayIn(answer.until, language)),
    answer.issuer && tell('ask-issuer').replace('{issuer}', answer.issuer),
  )
}

/**
 * The form of the PIN. It is the same for every address of its kind, whether a link has it or not: no name, no class
 * and no school, so that a program that looks at links before people do is told nothing.
 */
export function pinPageBody(
  language: Language,
  { kind, action, form, answer }: { kind: LinkKind; action: string; form: string; answer?: Answer | undefined },
): Html {
  const tell = pinText(language)
  if (answer?.outcome === 'ended') return answerPart(language, kind, answer)
  const field = isKnown(kind)
    ? html`<input id="pin" name="pin" required autocomplete="off" inputmode="numeric" maxlength="20"
placeholder="05/03/2009" aria-describedby="pin-hint${answer && ' wrong'}">`
    : html`<input id="pin" class="cells six" name="pin" required autocomplete="off" inputmode="numeric" maxlength="6"
aria-describedby="pin-hint${answer && ' wrong'}">`
  return html`${answer && answerPart(language, kind, answer)}
<form method="post" action="${action}">
<input type="hidden" name="form" value="${form}">
<label for="pin">${tell(isKnown(kind) ? 'pin-known' : 'pin')}</label>
${field}
<p class="hint" id="pin-hint">${tell(isKnown(kind) ? 'explained-known' : 'explained')}</p>
<button class="button" type="submit">${tell('open')}</button>
</form>
<p class="hint">${tell(isKnown(kind) ? 'never-forward-known' : 'never-forward')}</p>`
}

/** The status of the page that answers a PIN; none of them tells whether there is a link. */
export const statusOfAnswer = ({ outcome }: Answer): number =>
  ({ wrong: 403, slowed: statusOf('tries of a PIN'), ended: 410 })[outcome]

/** Where the script says how much of what was tapped could not be sent any more. */
export const lostLine = (language: Language, days: number): Html =>
  html`<p class="wrong" role="alert" hidden
  data-lost="${pinText(language)('lost').replace('{days}', String(days))}"></p>`

/** What a browser shows of a link without a line: its PIN is asked for, and what was kept is opened in the browser. */
export function offlineBody(language: Language): Html {
  const tell = pinText(language)
  return html`<div id="offline" data-wrong="${tell('offline-wrong')}" data-none="${tell('offline-none')}">
<p class="hint">${tell('offline')}</p>
<p class="wrong" role="alert" id="wrong" hidden></p>
<form id="offline-pin">
<label for="pin">${tell('pin')}</label>
<input id="pin" class="cells six" required autocomplete="off" inputmode="numeric" maxlength="6"
aria-describedby="wrong">
<button class="button" type="submit">${tell('open')}</button>
</form>
</div>`
}
