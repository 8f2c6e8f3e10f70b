import { drawn, type Html, html } from '../html.ts'
import { stampText } from '../moment.ts'
import type { Site } from './site.ts'
import type { Visit } from './visit.ts'

export type Shown = {
  readonly title: string
  readonly body: Html
  /** The exam whose place in the bar is current, or the page of questions. */
  readonly place?: string
}

const accountBar = ({ candidate, staff, text }: Visit) =>
  (candidate || staff) &&
  html`<div class="who"><div class="wide">
    <span>${text('signed-in-as')} <b>${candidate?.fullName ?? staff?.name}</b></span>
<form method="post" action="/sign-out"><button>${text('sign-out')}</button></form></div></div>`

/** A whole page. It works without script and asks no other host for anything. */
export function shell(site: Site, visit: Visit, { title, body, place }: Shown): string {
  const { language, text, now } = visit
  const other = language === 'vi' ? 'en' : 'vi'
  const link = (id: string, href: string, label: string) =>
    html`<a class="place" href="${href}"${id === place && drawn(' aria-current="page"')}>${label}</a>`
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title} · ${text('site')}</title>
<link rel="icon" href="/assets/sign.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/site.css">
</head>
<body>
<a class="skip" href="#content">${text('to-content')}</a>
<header><div class="bar"><div class="wide">
<a class="sign" href="/"><span class="mark" aria-hidden="true">Thi</span><span>${text('site')}</span></a>
<span class="tag">${text('demonstration')}</span>
<nav aria-label="${text('main')}">
${site.exams.map(exam => link(exam.id, `/exams/${exam.id}`, exam.short[language]))}
${link('questions', '/questions', text('doubts'))}
<a class="place" href="/language/${other}?to=${encodeURIComponent(visit.path)}" lang="${other}"
hreflang="${other}">${text('other-language')}</a>
</nav>
</div></div>
${accountBar(visit)}</header>
<main id="content" class="wide" tabindex="-1">
${body}
</main>
<footer><div class="wide foot"><span class="clock">${text('server-time')} ${stampText(now)}</span>
<span><a href="/school">${text('school-place')}</a></span></div></footer>
</body>
</html>
`.html
}

export const tick = drawn(
  '<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="M2 6.500l2.800 2.800L10 3.500" ' +
    'fill="none" stroke="currentColor" stroke-width="2"/></svg>',
)

export const chip = (word: string, kind: 'done' | 'waiting' | 'late') =>
  html`<span class="chip ${kind}">${
    kind === 'done'
      ? tick
      : drawn(
          '<svg width="12" height="12" viewBox="0 0 12 12" aria-hidden="true"><path d="M6 2v4.500M6 8.500v1.700" ' +
            'fill="none" stroke="currentColor" stroke-width="2"/></svg>',
        )
  }${word}</span>`

/** A sentence of what is so, one of what to do, one way on, and codes in small print. */
export const statePage = ({
  title,
  say,
  way,
  codes = [],
}: {
  title: string
  say: Html
  way?: Html | false
  codes?: readonly (readonly [name: string, value: string])[]
}) =>
  html`<div class="narrow"><h1>${title}</h1>
${say}
${way && html`<div class="deeds">${way}</div>`}
${
  codes.length > 0 &&
  html`<dl class="facts small">
${codes.map(([name, value]) => html`<div><dt>${name}</dt><dd><code>${value}</code></dd></div>`)}</dl>`
}</div>`
