import { type Answers, type Exam, holds, isAsked, isOptional, mayBeAsked, type Option, type Question } from '../exam.ts'
import { drawn, type Html, html, type Language } from '../html.ts'
import { stampText } from '../moment.ts'
import type { Fault, Faults } from '../registering/answers.ts'
import type { Candidate } from '../registering/candidate.ts'
import { answerFacts, personFacts, vouchedLine } from './person.ts'
import { sayFault, sayForm } from './words-form.ts'

type Step = 1 | 2 | 3

const stepsOf = (exam: Exam, now: Step, language: Language): Html => {
  const text = sayForm(language)
  const paths = ['form', 'form/papers', 'form/hand-in']
  return html`<ol class="steps">${([1, 2, 3] as const).map(step => {
    const kind = step === now ? 'now' : step < now ? 'past' : 'ahead'
    const label =
      step < now
        ? html`<a href="/exams/${exam.id}/${paths[step - 1] ?? ''}">${text(`step-${step}`)}</a>`
        : text(`step-${step}`)
    return html`<li class="${kind}"${step === now && drawn(' aria-current="step"')}><i>${
      step < now ? '✓' : step
    }</i><span>${label}</span></li>`
  })}</ol>`
}

type Asked = {
  readonly question: Question
  readonly chosen: readonly string[]
  readonly fault: Fault | undefined
  readonly language: Language
  readonly hints: readonly string[]
  readonly mayStayEmpty: boolean
}

const optionsOf = (
  { question, chosen, language }: Asked,
  at: number,
  empty: string,
) => html`<option value="">${empty}</option>
${question.options.map(
  ({ id, ...option }) => html`<option
value="${id}"${chosen[at] === id && drawn(' selected')}>${option[language]}</option>`,
)}`

function note({ question, fault, language, hints }: Asked): Html | false {
  if (fault) return html`<p class="fault" id="${question.id}-note">${sayFault(language)(fault)}</p>`
  return hints.length > 0 && html`<span class="hint" id="${question.id}-note">${hints.join(' ')}</span>`
}

const describedBy = ({ question, fault, hints }: Asked) =>
  drawn(
    `${fault || hints.length ? ` aria-describedby="${question.id}-note"` : ''}${fault ? ' aria-invalid="true"' : ''}`,
  )

const labelOf = ({ question, language, mayStayEmpty }: Asked) =>
  html`${question.label[language]}${mayStayEmpty && html` <span class="quiet">${sayForm(language)('optional')}</span>`}`

/** A long list is a select, a short one stands open; without script both work. */
function control(asked: Asked): Html {
  const { question, chosen, language } = asked
  const text = sayForm(language)
  const wrong = asked.fault ? ' wrong' : ''
  if (question.type === 'one' && question.options.length > 3)
    return html`<div class="field${wrong}"><label for="${question.id}">${labelOf(asked)}</label>${note(asked)}
<select id="${question.id}" name="${question.id}"${describedBy(asked)}>${optionsOf(
      asked,
      0,
      asked.mayStayEmpty ? text('none') : text('choose'),
    )}</select></div>`

  const legend = html`<legend>${labelOf(asked)}</legend>${note(asked)}`
  if (question.type === 'ranked')
    return html`<fieldset class="${wrong}"${describedBy({ ...asked, fault: undefined })}>${legend}<div class="ranked">
      ${Array.from({ length: question.most ?? 1 }, (_, at) => {
        const id = `${question.id}-${at + 1}`
        return html`<div><label for="${id}">
          ${text('preference')} ${at + 1}${at > 0 && html` <span class="quiet">${text('optional')}</span>`}</label>
<select id="${id}" name="${question.id}">${optionsOf(asked, at, at ? text('none') : text('choose'))}</select></div>`
      })}</div></fieldset>`

  const type = question.type === 'one' ? 'radio' : 'checkbox'
  const choice = (option: Option) =>
    html`<label class="choice"><input type="${type}" name="${question.id}"
      value="${option.id}"${chosen.includes(option.id) && drawn(' checked')}><span>${option[language]}</span></label>`
  return html`<fieldset class="${wrong}"${describedBy({ ...asked, fault: undefined })}>
    ${legend}${question.options.map(choice)}</fieldset>`
}

/** The questions of a step that may still be asked, with what was answered and what is wrong with it. */
function questions(
  exam: Exam,
  step: 1 | 2,
  answers: Answers,
  faults: Faults,
  birthdate: string,
  language: Language,
): Html {
  const shown = exam.questions.filter(question => question.step === step && mayBeAsked(exam, question, answers))
  const born = Number(birthdate.slice(0, 4))
  return html`${shown.map(question => {
    const fits = question.options.filter(({ bornFrom = 0, bornUntil = 9999 }) => bornFrom <= born && born <= bornUntil)
    const certain = isAsked(question, answers) || faults[question.id] !== undefined
    return control({
      question: fits.length ? { ...question, options: fits } : question,
      chosen: answers[question.id] ?? [],
      fault: faults[question.id],
      language,
      mayStayEmpty: isOptional(question, answers),
      hints: [
        ...(question.hint ? [question.hint[language]] : []),
        ...(certain ? [] : [`(${sayForm(language)('if-paper')})`]),
      ],
    })
  })}`
}

export type FormShown = {
  readonly exam: Exam
  readonly candidate: Candidate
  readonly language: Language
  readonly answers: Answers
  readonly faults: Faults
  readonly token: string
  /** Until when it may be handed in, and whether that is beyond the close. */
  readonly until: number
}

const untilLine = ({ exam, language, until }: FormShown) => {
  const text = sayForm(language)
  return html`<p class="small">${text('until-time')}
    <b>${stampText(until)}</b>${until > exam.closesAt && ` ${text('until-extra')}`}.</p>`
}

const faultLine = ({ faults, language }: FormShown) => {
  const count = Object.keys(faults).length
  return (
    count > 0 &&
    html`<div class="note late" role="alert">
      <p>${sayForm(language)('faults-1').replace('{count}', String(count))}</p></div>`
  )
}

export function firstStepPage(shown: FormShown): Html {
  const { exam, candidate, language, answers, faults, token } = shown
  const text = sayForm(language)
  return html`<div class="narrow">${stepsOf(exam, 1, language)}<h1>${text('title-1')}</h1>${faultLine(shown)}
${personFacts(candidate, language)}
<p class="small facts-note">${vouchedLine(candidate, language)}. ${text('cannot-edit')}
<a href="/questions#wrong">${language === 'vi' ? 'cách chỉnh sửa' : 'how it is corrected'}</a>.</p>
<form method="post" action="/exams/${exam.id}/form" novalidate><input type="hidden" name="token" value="${token}">
${questions(exam, 1, answers, faults, candidate.birthdate, language)}
<div class="deeds"><button class="button">${text('to-step-2')}</button></div>${untilLine(shown)}</form></div>`
}

export function secondStepPage(shown: FormShown): Html {
  const { exam, candidate, language, answers, faults, token } = shown
  const text = sayForm(language)
  const fixed = exam.fixedPapers.filter(({ when }) => !when || holds(when, answers))
  return html`<div class="narrow">${stepsOf(exam, 2, language)}<h1>${text('title-2')}</h1>${faultLine(shown)}
${
  fixed.length > 0 &&
  html`<h2>${text('fixed-papers')}</h2>
<ul>${fixed.map(paper => html`<li>${paper[language]}</li>`)}</ul>`
}
<form method="post" action="/exams/${exam.id}/form/papers" novalidate><input type="hidden" name="token"
value="${token}">
${questions(exam, 2, answers, faults, candidate.birthdate, language)}
<div class="deeds"><button class="button">${text('to-step-3')}</button></div>${untilLine(shown)}</form></div>`
}

export type HandInShown = FormShown & {
  readonly formKey: string
  readonly revision: number
  readonly base: number
  readonly told?: 'changed-elsewhere'
}

export function handInPage(shown: HandInShown): Html {
  const { exam, candidate, language, answers, token, formKey, revision, base, told } = shown
  const text = sayForm(language)
  return html`<div class="narrow">${stepsOf(exam, 3, language)}<h1>${text('title-3')}</h1>
${
  told &&
  html`<div class="note waiting" role="alert"><p class="state">${text(told)}</p>
<p>${text(`${told}-fix`)}</p></div>`
}
${personFacts(candidate, language)}${answerFacts(exam, answers, language)}
<p>${text(base ? 'old-stands' : 'nothing-yet')}</p>
<form method="post" action="/exams/${exam.id}/form/hand-in">
<input type="hidden" name="token" value="${token}"><input type="hidden" name="key" value="${formKey}">
<input type="hidden" name="revision" value="${revision}"><input type="hidden" name="base" value="${base}">
<div class="deeds"><button class="button">${text(base ? 'hand-in-change' : 'hand-in')}</button><a class="button second"
href="/exams/${exam.id}/form/papers">${text('back')}</a></div>${untilLine(shown)}</form></div>`
}
