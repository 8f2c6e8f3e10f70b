import { type Html, html } from '../../platform/pages/html.ts'
import { checkTextOf } from '../flight-recorder/check-texts.ts'
import type { summarizeFlights } from '../flight-recorder/flight-recorder.ts'
import type { Flight } from '../flight-recorder/note.ts'
import { flightsShown } from '../law.ts'
import { lookUpForm } from './page-entrance.ts'
import { type DeveloperFrame, developerInstantText, developerPage, factList } from './page-parts.ts'

function flightNote(
  at: DeveloperFrame,
  { at: moment, clientId, endpoint, check, error, detail, seconds }: Flight,
): Html {
  const { text: tell, language } = at
  const told = check === null ? undefined : checkTextOf(check)
  const clock =
    told?.clock &&
    seconds !== null &&
    html`<p class="wrong">${tell(seconds < 0 ? 'clock-behind' : 'clock-ahead')}
      <strong>${Math.abs(seconds)}</strong></p>`
  return html`<h2>${told ? told.means[language] : tell('flight-passed')}</h2>
${told && html`<p><strong>${tell('flight-mend')}:</strong> ${told.mend[language]}</p>`}
${clock}
${factList([
  [tell('flight-at'), developerInstantText(moment)],
  ['client_id', clientId ?? tell('flight-client-none')],
  [tell('flight-endpoint'), endpoint],
  [tell('check'), check === null ? undefined : html`<code>${check}</code>`],
  [tell('flight-error'), error ?? undefined],
  [tell('flight-detail'), detail ?? undefined],
])}`
}

/** The notes of a request by its correlation id; `notes` is undefined without any that the engineer may see. */
export const flightPage = (frame: DeveloperFrame, requestId: string, notes: readonly Flight[] | undefined): string =>
  developerPage(
    frame,
    frame.text('flight-look'),
    html`${
      notes
        ? notes.map(one => flightNote(frame, one))
        : html`<p class="wrong" role="alert">
      ${frame.text('flight-unknown')}</p>`
    }
${lookUpForm(frame, requestId)}
<p><a href="/developers/">${frame.text('back')}</a></p>`,
  )

const hourText = (hour: Date) => developerInstantText(hour).slice(0, 5) + developerInstantText(hour).slice(10, 16)

/** How often which checks of a client fail, by the hour; and its latest failed requests. */
export function checkCountsPart(
  frame: DeveloperFrame,
  { passed, checks, recent }: Awaited<ReturnType<typeof summarizeFlights>>,
): Html {
  const { text: tell, language } = frame
  if (checks.length === 0) return html`<h2>${tell('checks-failed')}</h2><p>${tell('checks-none')} ${passed}</p>`
  return html`<h2>${tell('checks-failed')}</h2>
<table class="checks"><thead><tr><th scope="col">${tell('check')}</th><th scope="col">${tell('times')}</th>
<th scope="col">${tell('by-hour')}</th><th scope="col">${tell('mend')}</th></tr></thead>
<tbody>${checks.map(
    ({
      check,
      count,
      hours,
    }) => html`<tr><th scope="row"><a href="/developers/checks#${check}">${check}</a></th><td>${count}</td>
<td>${hours
      .slice(0, flightsShown.hoursOnPage)
      .map(({ hour, count: times }) => html`${hourText(hour)}: ${times}<br>`)}</td>
<td>${checkTextOf(check).mend[language]}</td></tr>`,
  )}</tbody></table>
<h2>${tell('recent')}</h2>
<ul class="codes">${recent
    .slice(0, 20)
    .map(
      one =>
        html`<li><a href="/developers/flights?code=${one.requestId}">${one.requestId}</a> ${developerInstantText(
          one.at,
        )} ${one.check}</li>`,
    )}</ul>`
}
