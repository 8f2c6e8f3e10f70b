import type { Exam } from '../exam.ts'
import { drawn, type Html, html } from '../html.ts'
import type { SignInFailure } from '../sign-in/failure.ts'
import { statePage } from './shell.ts'
import type { Visit } from './visit.ts'
import { filled, type Say } from './words-exam.ts'

const isClaim = (name: string): name is 'name' | 'birthdate' | 'gender' | 'person_number' =>
  ['name', 'birthdate', 'gender', 'person_number'].includes(name)

const named = (missing: readonly string[], text: Say) =>
  missing.map(name => (isClaim(name) ? text(`claim-${name}`) : name)).join(', ')

/** What became of a sign-in, as it is; with the codes by which either side finds it. */
export const failurePage = (
  { text, requestId }: Visit,
  failure: SignInFailure,
  exam: Exam | undefined,
  missing: readonly string[] = [],
): Html =>
  statePage({
    title: text(`failure-${failure.code}`),
    say: html`<p class="state">${filled(text(`failure-${failure.code}-fix`), {
      level: exam?.level ?? 2,
      missing: named(missing, text),
    })}</p>`,
    way: exam
      ? html`<a class="button" href="/exams/${exam.id}/enter">${text('try-again')}</a>`
      : html`<a class="button" href="/">${text('to-first')}</a>`,
    codes: [
      ...(failure.error ? [[text('code-error'), failure.error] as const] : []),
      ...(failure.requestId ? [[text('code-house'), failure.requestId] as const] : []),
      [text('code-here'), requestId],
    ],
  })

export const signedOutPage = ({ text }: Visit) =>
  statePage({
    title: text('signed-out-title'),
    say: html`<p class="state">${text('signed-out-fix')}</p>`,
    way: html`<a class="button second" href="/">${text('to-first')}</a>`,
  })

export type FieldFault = { readonly field: string; readonly text: string }

/** One field: its label, then its hint, or in the hint's place what is wrong. */
export function field(
  {
    name,
    label,
    hint,
    value = '',
    type = 'text',
    complete = 'off',
  }: { name: string; label: string; hint?: string; value?: string; type?: 'text' | 'password'; complete?: string },
  fault: FieldFault | undefined,
): Html {
  const wrong = fault?.field === name
  const described = wrong || hint ? ` aria-describedby="${name}-note"` : ''
  return html`<div class="field${wrong && ' wrong'}"><label for="${name}">${label}</label>
${
  wrong
    ? html`<p class="fault" id="${name}-note">
${fault.text}</p>`
    : hint && html`<span class="hint" id="${name}-note">${hint}</span>`
}
<input type="${type}" id="${name}" name="${name}" value="${value}" autocomplete="${complete}"
spellcheck="false"${drawn(described)}${wrong && drawn(' aria-invalid="true"')} required></div>`
}

export const codePage = ({ text }: Visit, fault: FieldFault | undefined, typed: string) =>
  html`<div class="narrow"><h1>${text('code-title')}</h1><p>${text('code-lead')}</p>
<form method="post" action="/code" novalidate>
${field({ name: 'code', label: text('code-label'), hint: text('code-hint'), value: typed }, fault)}
${field({ name: 'password', label: text('password'), hint: text('password-hint'), type: 'password' }, fault)}
<button class="button">${text('sign-in')}</button></form></div>`
