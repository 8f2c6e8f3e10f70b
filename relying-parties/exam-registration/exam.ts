import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Said } from './html.ts'
import { readInstant } from './moment.ts'

/** Answers by question; a ranked question's are in order. */
export type Answers = Readonly<Record<string, readonly string[]>>

/** Each named question has one of these answers. */
export type Condition = Readonly<Record<string, readonly string[]>>

export type Option = Said & {
  readonly id: string
  /** Years of birth for which it may be chosen, both included. */
  readonly bornFrom?: number
  readonly bornUntil?: number
  /** It may be chosen only where this holds. */
  readonly of?: Condition
}

export type Question = {
  readonly id: string
  readonly step: 1 | 2
  readonly type: 'one' | 'some' | 'ranked'
  readonly label: Said
  readonly hint?: Said
  readonly options: readonly Option[]
  /** How many of a ranked list. */
  readonly most?: number
  /** It is asked where one of these holds; always, where none is given. */
  readonly asked?: readonly Condition[]
  /** It may stay without an answer where one of these holds. */
  readonly optional?: readonly Condition[]
}

export type School = Said & { readonly code: string; readonly place: string }
export type Step = Said & { readonly from: string; readonly until: string }

/** An exam as its agency announces it: all of it is data, and dated. */
export type Exam = {
  readonly id: string
  readonly codePrefix: string
  readonly short: Said
  readonly title: Said
  /** Where the dates come from; 'assumed' is said on the page. */
  readonly source: string
  readonly sourceKind: 'official' | 'assumed'
  /** Level of the account that the exam asks for (NĐ59/2022). */
  readonly level: 1 | 2
  readonly scopes: readonly string[]
  readonly claims: { readonly required: readonly string[]; readonly wanted: readonly string[] }
  readonly opensAt: number
  readonly closesAt: number
  readonly queue: { readonly perSecond: number; readonly insideMinutes: number; readonly finishMinutes: number }
  /** Days, all included. */
  readonly review: { readonly from: string; readonly until: string; readonly printedUntil: string }
  /** The last day on which anything personal of this exam is kept. */
  readonly keepUntil: string
  readonly steps: readonly Step[]
  readonly bring: Said
  readonly instead: Said
  readonly late: Said
  readonly schools: readonly School[]
  readonly fixedPapers: readonly (Said & { readonly when?: Condition })[]
  readonly questions: readonly Question[]
}

type Written = Omit<Exam, 'opensAt' | 'closesAt' | 'questions'> & {
  readonly window: { readonly opens: string; readonly closes: string }
  readonly questions: readonly (Omit<Question, 'options'> & {
    readonly options?: readonly Option[]
    readonly list?: 'schools'
  })[]
}

/** Reads one exam's file. Throws with what is wrong in it, for an exam that is half understood must not open. */
export function readExam(text: string, file: string): Exam {
  const { window, questions, ...rest } = JSON.parse(text) as Written
  const wrong = (what: string) => new Error(`${file}: ${what}`)
  const [opensAt, closesAt] = [readInstant(window.opens), readInstant(window.closes)]
  if (!opensAt || !closesAt || opensAt >= closesAt)
    throw wrong('window.opens and window.closes are instants with a zone, in order')
  if (!/^[a-z0-9-]+$/.test(rest.id)) throw wrong('id is of a–z, 0–9 and -')
  if (rest.level !== 1 && rest.level !== 2) throw wrong('level is 1 or 2')
  for (const [name, value] of Object.entries(rest.queue)) if (!(value > 0)) throw wrong(`queue.${name} is more than 0`)

  const schools = rest.schools.map(({ code, vi, en, place }) => ({
    id: code,
    vi: `${vi}, ${place}`,
    en: `${en}, ${place}`,
  }))
  const asked = questions.map(({ list, options, ...question }) => ({
    ...question,
    options: list ? schools : (options ?? []),
  }))
  const known = new Map(asked.map(({ id, options }) => [id, new Set(options.map(option => option.id))]))
  const conditions = asked.flatMap(({ asked = [], optional = [], options }) => [
    ...asked,
    ...optional,
    ...options.flatMap(option => ('of' in option && option.of ? [option.of] : [])),
  ])
  for (const [question, answers] of conditions.flatMap(Object.entries) as [string, string[]][])
    for (const answer of answers)
      if (!known.get(question)?.has(answer)) throw wrong(`${question} has no answer ${answer}`)
  for (const needed of ['kind', 'school']) if (!known.has(needed)) throw wrong(`the question "${needed}" is missing`)
  return { ...rest, opensAt, closesAt, questions: asked }
}

/** The exams of a folder, those whose window closes last first. */
export const readExams = (folder = join(import.meta.dirname, 'exams')): readonly Exam[] =>
  readdirSync(folder)
    .filter(file => file.endsWith('.json'))
    .map(file => readExam(readFileSync(join(folder, file), 'utf8'), file))
    .toSorted((a, b) => b.closesAt - a.closesAt)

export const holds = (condition: Condition, answers: Answers) =>
  Object.entries(condition).every(([question, wanted]) => answers[question]?.some(answer => wanted.includes(answer)))

const anyHolds = (conditions: readonly Condition[] | undefined, answers: Answers) =>
  conditions?.some(one => holds(one, answers)) ?? false

export const isAsked = (question: Question, answers: Answers) => !question.asked || anyHolds(question.asked, answers)
export const isOptional = (question: Question, answers: Answers) => anyHolds(question.optional, answers)

/**
 * Whether it is shown on its step: what the steps before have settled counts, what this step may still answer does not.
 */
export function mayBeAsked(exam: Exam, question: Question, answers: Answers): boolean {
  const open = new Set(exam.questions.filter(({ step }) => step === question.step).map(({ id }) => id))
  if (!question.asked) return true
  return question.asked.some(condition =>
    Object.entries(condition).every(([id, wanted]) =>
      open.has(id)
        ? exam.questions.some(one => one.id === id && mayBeAsked(exam, one, answers))
        : answers[id]?.some(answer => wanted.includes(answer)),
    ),
  )
}

export const schoolOf = (exam: Exam, code: string) => exam.schools.find(school => school.code === code)
