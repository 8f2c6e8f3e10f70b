import type { Exam } from '../exam.ts'
import { drawn, type Html, html } from '../html.ts'
import { dayOf, dayText, hourOf, momentText, shortDay, spanText } from '../moment.ts'
import { standingOf } from '../queue/time-window.ts'
import { statePage } from './shell.ts'
import type { Site } from './site.ts'
import type { Visit } from './visit.ts'
import { filled, type Say } from './words-exam.ts'

const door = drawn(
  '<svg width="16" height="16" viewBox="0 0 24 24" fill="none" stroke="currentColor" stroke-width="2" ' +
    'aria-hidden="true"><path d="m10 17 5-5-5-5M15 12H3M15 3h4a2 2 0 0 1 2 2v14a2 2 0 0 1-2 2h-4"/></svg>',
)

export const closingRule = (exam: Exam, text: Say) =>
  filled(text('closing-rule'), { minutes: exam.queue.finishMinutes }).replace('17:00', hourOf(exam.closesAt))

function timeBox(exam: Exam, { language, text, now }: Visit): Html {
  const standing = standingOf(exam, now)
  const day = dayText(dayOf(now))
  const told = {
    'not-yet': [`${text('today')} ${day}. ${text('opens-in')}`, spanText(exam.opensAt - now, language), exam.opensAt],
    open: [`${text('today')} ${day}. ${text('closes-in')}`, spanText(exam.closesAt - now, language), exam.closesAt],
    closed: [`${text('today')} ${day}.`, text('closed-now'), exam.closesAt],
  } as const
  const [before, big, moment] = told[standing]
  return html`<section class="box" aria-label="${text('server-time')}">
<p class="quiet">${before}</p>
<p class="big">${big}</p>
<p><b>${momentText(moment, language)}</b>${text('by-server')}</p>
<hr>
<p>${closingRule(exam, text)}</p>
<p>${exam.bring[language]}</p>
</section>`
}

function wayOf(exam: Exam, { language, text, now }: Visit): Html {
  const today = dayOf(now)
  return html`<ol class="way">${exam.steps.map(step => {
    const isNow = step.from <= today && today <= step.until
    const days =
      step.from === step.until ? shortDay(step.from) : `${shortDay(step.from)} ${text('until')} ${shortDay(step.until)}`
    const kind = isNow ? ' class="now"' : step.until < today ? ' class="past"' : ''
    return html`<li${drawn(kind)}><b>${days}</b>${step[language]}${
      isNow && standingOf(exam, now) === 'open' && html`, ${text('step-now')}`
    }</li>`
  })}</ol>`
}

const doubts = (site: Site, { text }: Visit) => html`<div class="doubts">
<section><h2>${text('wrong-data')}</h2><p>
${text('wrong-data-before')} <a href="/questions#wrong">${text('wrong-data-how')}</a> ${text('wrong-data-after')}</p>
</section>
<section><h2>${text('no-number')}</h2><p>
${text('no-number-before')} <a href="/code">${text('no-number-code')}</a>${text('no-number-after')}</p></section>
<section><h2>${text('who-sees')}</h2><p>${text('who-sees-before')}
<a href="${site.provider.issuer.origin}/citizen/">${text('who-looked')}</a> ${text('who-sees-after')}</p></section>
</div>`

/** The first page of an exam: what it is, until when, and the one button. */
export function examPage(site: Site, visit: Visit, exam: Exam): Html {
  const { language, text, candidate } = visit
  const isOfficial = exam.sourceKind === 'official'
  const dates = isOfficial ? `${text('dates-by')} ${exam.source}. ${text('own-way-in')}` : text('assumed-dates')
  return html`<div class="opening">
<div>
<h1>${exam.title[language]}</h1>
<p class="lead">${text('lead')}</p>
<a class="button" href="/exams/${exam.id}/enter">${door} ${text(candidate ? 'go-on-button' : 'sign-in-button')}</a>
<p class="small">${text(exam.level === 2 ? 'needs-level-2' : 'needs-level-1')} ${text('not-activated')}
<a href="/questions#activate">${text('paper-slip')}</a> ${text('or-teacher')}</p>
</div>
${timeBox(exam, visit)}
</div>
${wayOf(exam, visit)}
${doubts(site, visit)}
<p class="small">${dates}</p>`
}

export const notYetPage = (exam: Exam, { language, text, now }: Visit) =>
  statePage({
    title: text('not-yet-title'),
    say: html`<p class="state">${text('not-yet-fix')} ${momentText(exam.opensAt, language)}.</p>
      <p>${text('opens-in')} ${spanText(exam.opensAt - now, language)}.</p>`,
    way: html`<a class="button second" href="/exams/${exam.id}">${exam.title[language]}</a>`,
  })

/** The close, told to who came too late and to who has registered before. */
export const closedPage = (exam: Exam, { language, text }: Visit, has: 'registered' | 'nothing' | 'unknown') =>
  statePage({
    title: text('closed-title'),
    say: html`<p class="state">${text('closed-at')} ${momentText(
      exam.closesAt,
      language,
    )}${text('by-server')} ${text(has === 'registered' ? 'closed-has' : 'closed-nothing')}</p>
<p>${closingRule(exam, text)}</p>
<h2>${text('what-now')}</h2>
<p>${has === 'registered' ? html`${text('closed-change')} ${dayText(exam.review.until)}.` : exam.late[language]}</p>`,
    way:
      has === 'registered'
        ? html`<a class="button" href="/exams/${exam.id}/receipt">${text('see-receipt')}</a>`
        : has === 'unknown' &&
          html`<a class="button second" href="/sign-in?exam=${exam.id}">${text('closed-sign-in')}</a>`,
  })
