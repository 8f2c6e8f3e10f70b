import { asDay } from '../../platform/day.ts'
import { type Html, html, type Language } from '../../platform/pages/html.ts'
import { dayIn } from '../../platform/terms/numbers-and-days.ts'
import { weekdayText } from '../appointments/day-texts.ts'
import { type Service, ticketText } from '../appointments/slot.ts'
import { hourAt } from '../hour.ts'
import type { Board } from './board.ts'
import { sayOfQueue, type TellQueue } from './words.ts'

/**
 * The screen of a hall, read from eight metres: who is called to which desk, who was before, who is next, and how long
 * one waits. Without script it is fetched anew every ten seconds. With it (board.js) the page is read every three
 * seconds and its parts, which bear a data-part, take the place of the former; a new call turns the left half dark for
 * five seconds, and is spoken twice.
 */

const clockOf = (minute: number) =>
  `${String(Math.floor(minute / 60)).padStart(2, '0')}:${String(minute % 60).padStart(2, '0')}`

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1)

function leftHtml(board: Board, tell: TellQueue): Html {
  const { called, breakUntil, next } = board
  if (breakUntil)
    return html`<p class="lead">${tell('now-serving')}</p><p class="break">${tell('break-until', {
      time: hourAt(breakUntil),
    })}</p>`
  if (!called)
    return html`<p class="lead">${tell('nobody')}</p>${
      next.length > 0
        ? html`<p class="lead-2">${tell('next')}</p><ul class="next-large">${next.map(
            one => html`<li>${ticketText(one.service, one.number)}</li>`,
          )}</ul>`
        : html`<p class="lead-2">${tell('nobody-waits')}</p>`
    }`
  const other = html`<span class="second-language">${tell('now-serving-other')}</span>`
  return html`<p class="lead">${tell('now-serving')} ${other}</p>
<p class="number${called.number > 999 && ' long'}">${ticketText(called.service, called.number)}</p>
<div class="to-desk"><strong class="desk-name">${tell('desk', { desk: called.desk })}</strong>
<p>${tell(`do-${called.service}`)}<br>${tell(`bring-${called.service}`)}</p></div>`
}

function rightHtml({ before, next, called }: Board, tell: TellQueue): Html {
  return html`<h2>${tell('before')}</h2><ol class="before">${before.map(
    one =>
      html`<li><strong class="before-ticket">${ticketText(one.service, one.number)}</strong>
<span class="before-service">${tell(
        `service-${one.service}`,
      )}</span><b class="before-desk">${tell('desk', { desk: one.desk })}</b></li>`,
  )}</ol>
<h2>${tell('next')}</h2>${
    next.length > 0
      ? html`<ul class="next">${next.map(one => html`<li>${ticketText(one.service, one.number)}</li>`)}</ul>`
      : html`<p class="none">${called ? tell('nobody-waits') : ''}</p>`
  }`
}

function linesHtml({ lines }: Board, tell: TellQueue): Html {
  const text = ({ waiting, minutes }: Board['lines'][number], key: 'waiting' | 'waiting-short') =>
    waiting === 0 ? tell('waiting-none') : tell(key, { count: waiting, minutes })
  const service = (one: Service) => tell('line', { letter: one, service: tell(`service-${one}`) })
  return html`${lines.map(
    (one, at) =>
      html`<div><span class="line-name">${service(one.service)}</span><strong class="line-count">${text(
        one,
        at === 0 ? 'waiting' : 'waiting-short',
      )}</strong></div>`,
  )}`
}

/** By what a screen knows that a call is new: another number, another desk, or the same called again. */
export const callKey = ({ called }: Board): string =>
  called ? [called.service, called.number, called.desk, called.calls].join('.') : ''

export function boardPage(board: Board, language: Language, demonstration: 'demonstration' | undefined): string {
  const tell = sayOfQueue(language)
  const { counter, called } = board
  const parts = { left: leftHtml(board, tell), right: rightHtml(board, tell), lines: linesHtml(board, tell) }
  const day = asDay(board.day)
  const hours =
    board.worksUntil === undefined ? tell('off-today') : tell('works-until', { time: clockOf(board.worksUntil) })
  return html`<!doctype html>
<html lang="${language}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${counter.name} · ${tell('screen-title')}</title>
<link rel="icon" href="/assets/sign.svg" type="image/svg+xml">
<link rel="stylesheet" href="/assets/pages.css">
<link rel="stylesheet" href="/assets/hall.css">
<noscript><meta http-equiv="refresh" content="10"></noscript>
</head>
<body class="board" data-call="${callKey(board)}" data-desk="${called?.desk ?? ''}"
data-ticket="${called ? ticketText(called.service, called.number) : ''}"
data-called-at="${called ? hourAt(called.at) : ''}" data-lost="${tell('line-lost', { time: '{time}' })}"
data-lost-none="${tell('line-lost-none')}" data-spoken="${tell('spoken')}">
<header><img src="/assets/sign.svg" alt="" width="36" height="44"><div><h1>${counter.name}${
    demonstration && html` <em>minh họa</em>`
  }</h1>
<p>${capital(weekdayText(day, language))}, ${dayIn(day, language)}. ${hours}</p></div>
<time data-part="clock">${hourAt(board.at)}</time></header>
<main><section class="left" data-part="left" aria-live="assertive">${parts.left}</section>
<section class="right" data-part="right">${parts.right}</section></main>
<p class="lost" data-part="lost" role="status" hidden></p>
<footer data-part="lines">${parts.lines}</footer>
<script src="/assets/board.js" defer></script>
</body>
</html>
`.html
}
