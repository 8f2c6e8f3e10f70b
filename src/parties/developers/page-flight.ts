import { type Html, html } from '../../platform/pages/html.ts'
import { tellCheck } from '../flight-recorder/check.ts'
import type { flightsOfClient } from '../flight-recorder/flight-recorder.ts'
import type { Flight } from '../flight-recorder/note.ts'
import { lookUpForm } from './page-entrance.ts'
import { type DeveloperFrame, drawn, facts, written } from './page-parts.ts'

function note(at: DeveloperFrame, { at: moment, clientId, endpoint, check, error, detail, seconds }: Flight): Html {
  const { tell, language } = at
  const told = check === null ? undefined : tellCheck(check)
  const clock =
    told?.clock &&
    seconds !== null &&
    html`<p class="wrong">${tell(seconds < 0 ? 'clock-behind' : 'clock-ahead')} <strong>${Math.abs(seconds)}</strong></p>`
  return html`<h2>${told ? told.means[language] : tell('flight-passed')}</h2>
${told && html`<p><strong>${tell('flight-mend')}:</strong> ${told.mend[language]}</p>`}
${clock}
${facts([
  [tell('flight-at'), written(moment)],
  ['client_id', clientId ?? tell('flight-client-none')],
  [tell('flight-endpoint'), endpoint],
  [tell('check'), check === null ? undefined : html`<code>${check}</code>`],
  [tell('flight-error'), error ?? undefined],
  [tell('flight-detail'), detail ?? undefined],
])}`
}

/** The notes of a request by its correlation id; `notes` is undefined without any that the engineer may see. */
export const flightPage = (at: DeveloperFrame, code: string, notes: readonly Flight[] | undefined): string =>
  drawn(
    at,
    at.tell('flight-look'),
    html`${notes ? notes.map(one => note(at, one)) : html`<p class="wrong" role="alert">${at.tell('flight-unknown')}</p>`}
${lookUpForm(at, code)}
<p><a href="/developers/">${at.tell('back')}</a></p>`,
  )

const hourOf = (hour: Date) => written(hour).slice(0, 5) + written(hour).slice(10, 16)
const shownHours = 6

/** How often which checks of a client fail, by the hour; and its latest failed requests. */
export function faresPart(
  at: DeveloperFrame,
  { passed, checks, recent }: Awaited<ReturnType<typeof flightsOfClient>>,
): Html {
  const { tell, language } = at
  if (checks.length === 0) return html`<h2>${tell('checks-failed')}</h2><p>${tell('checks-none')} ${passed}</p>`
  return html`<h2>${tell('checks-failed')}</h2>
<table class="checks"><thead><tr><th scope="col">${tell('check')}</th><th scope="col">${tell('times')}</th><th scope="col">${tell('by-hour')}</th><th scope="col">${tell('mend')}</th></tr></thead>
<tbody>${checks.map(
    ({
      check,
      count,
      hours,
    }) => html`<tr><th scope="row"><a href="/developers/checks#${check}">${check}</a></th><td>${count}</td>
<td>${hours.slice(0, shownHours).map(({ hour, count: times }) => html`${hourOf(hour)}: ${times}<br>`)}</td><td>${tellCheck(check).mend[language]}</td></tr>`,
  )}</tbody></table>
<h2>${tell('recent')}</h2>
<ul class="codes">${recent
    .slice(0, 20)
    .map(
      one =>
        html`<li><a href="/developers/flights?code=${one.requestId}">${one.requestId}</a> ${written(one.at)} ${one.check}</li>`,
    )}</ul>`
}
