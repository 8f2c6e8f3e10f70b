import { type Answers, type Exam, holds, type Question, schoolOf } from '../exam.ts'
import { type Html, html, type Language } from '../html.ts'
import { dayText, stampText } from '../moment.ts'
import type { Candidate } from '../registering/candidate.ts'
import { grouped } from '../registering/identifier.ts'
import { chip } from './shell.ts'
import { sayForm } from './words-form.ts'

/** 022 3 05 007461 to the eye, twelve digits to who copies. */
export const personNumber = (number: string) =>
  html`<span class="groups">${[number.slice(0, 3), number.slice(3, 4), number.slice(4, 6), number.slice(6)].map(
    group => html`<span>${group}</span>`,
  )}</span>`

/** A code by groups of four, or three; to who copies it is one. */
export const code = (text: string) =>
  html`<span class="groups">${grouped(text)
    .split(' ')
    .map(group => html`<span>${group}</span>`)}</span>`

const row = (label: string, value: Html | string, mark?: Html | false) =>
  html`<div><dt>${label}</dt><dd>${value}</dd>${mark && html`<dd>${mark}</dd>`}</div>`

/** What is vouched for, each marked so; none of it is a field. */
export function personFacts(
  person: Candidate,
  language: Language,
  { phone = 'shown' as 'shown' | 'left-out' } = {},
): Html {
  const text = sayForm(language)
  const mark = chip(text(person.personNumber ? 'verified' : 'seen-by-office'), 'done')
  return html`<dl class="facts">
${row(text('full-name'), person.fullName, mark)}
${row(text('birthdate'), dayText(person.birthdate), mark)}
${row(text('gender'), text(person.gender), mark)}
${person.personNumber && row(text('number'), personNumber(person.personNumber), mark)}
${
  person.temporaryCode &&
  row(
    text('code'),
    html`${code(person.temporaryCode)}
<span class="small">${text('code-is-no-number')}</span>`,
  )
}
${person.paper && row(text('paper'), person.paper, mark)}
${
  person.personNumber &&
  row(text('residence'), person.residence ?? text('not-shared'), person.residence !== null && mark)
}
${
  phone === 'shown' &&
  person.personNumber &&
  row(text('phone'), person.phone ?? text('not-shared'), person.phone !== null && mark)
}
</dl>`
}

export const vouchedLine = (person: Candidate, language: Language) => {
  const text = sayForm(language)
  return `${text(person.personNumber ? 'verified-by' : 'seen-at')} ${stampText(person.vouchedAt)}`
}

const answerText = (question: Question, chosen: readonly string[], language: Language) =>
  chosen.map(id => question.options.find(option => option.id === id)?.[language] ?? id)

/** What was chosen, in words. */
export function answerFacts(exam: Exam, answers: Answers, language: Language): Html {
  const fixed = exam.fixedPapers.filter(({ when }) => !when || holds(when, answers)).map(paper => paper[language])
  return html`<dl class="facts">
${exam.questions.map(question => {
  const chosen = answers[question.id]
  const told = chosen?.length ? answerText(question, chosen, language) : undefined
  const facts =
    told &&
    row(
      question.label[language].replace(/\?$/, ''),
      told.length > 1
        ? html`${told.map(
            (one, at) => html`${at > 0 && html`<br>`}${question.type === 'ranked' && `${at + 1}. `}${one}`,
          )}`
        : (told[0] ?? ''),
    )
  return question.id === 'school' && fixed.length
    ? [
        facts,
        row(sayForm(language)('fixed-papers'), html`${fixed.map((one, at) => html`${at > 0 && html`<br>`}${one}`)}`),
      ]
    : facts
})}
</dl>`
}

export const schoolName = (exam: Exam, schoolCode: string, language: Language) =>
  schoolOf(exam, schoolCode)?.[language] ?? schoolCode
