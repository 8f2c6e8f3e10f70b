/**
 * What a person reads of a refusal: `title` says what is so, `fix` what to do about it. Both in English and Vietnamese.
 */
export type ProblemKind = {
  readonly status: number
  readonly title: string
  readonly vi: string
  readonly fix?: string
  readonly fixVi?: string | undefined
}

/** Facts a refusal carries; never personal data, since refusals are logged and shown. */
export type ProblemFacts = Readonly<Record<string, unknown>>

/**
 * A refusal by a rule: it has a stable code, a status and a page (RFC 9457). Anything else that is thrown is a fault.
 */
export class Problem extends Error {
  readonly code: string
  readonly kind: ProblemKind
  readonly facts: ProblemFacts
  /** What HTTP says of it beside the status: Retry-After, WWW-Authenticate. */
  readonly headers: Readonly<Record<string, string>>

  constructor(
    code: string,
    kind: ProblemKind,
    facts: ProblemFacts = {},
    headers: Readonly<Record<string, string>> = {},
  ) {
    super(`${code}: ${kind.title}`)
    this.name = 'Problem'
    this.code = code
    this.kind = kind
    this.facts = facts
    this.headers = headers
  }
}

const known = new Map<string, ProblemKind>()

let rewritten = (text: string): string => text

/** From now on the Vietnamese texts of refusals are read through this: the terms of the law have days. */
export function rewriteProblemTexts(rewrite: (text: string) => string): void {
  rewritten = rewrite
}

/** The same kind, its Vietnamese texts rewritten whenever they are read. */
const readAnew = (kind: ProblemKind): ProblemKind => ({
  ...kind,
  get vi() {
    return rewritten(kind.vi)
  },
  get fixVi() {
    return kind.fixVi && rewritten(kind.fixVi)
  },
})

/**
 * Declares the refusals of a context; gives back the function that makes them. A code is declared once in the house.
 */
export function problems<const Kinds extends Record<string, ProblemKind>>(kinds: Kinds) {
  for (const [code, kind] of Object.entries(kinds)) {
    if (known.has(code)) throw new Error(`the problem code ${code} is declared twice`)
    known.set(code, readAnew(kind))
  }
  return (code: keyof Kinds & string, facts?: ProblemFacts, headers?: Readonly<Record<string, string>>) =>
    new Problem(code, known.get(code) as ProblemKind, facts, headers)
}

export const knownProblems = (): ReadonlyMap<string, ProblemKind> => known

/** Codes that refusals had before, and the code of today: programs may have kept the address of their page. */
const formerCodes: ReadonlyMap<string, string> = new Map([
  ['attendance-unit-needed', 'out-of-school-unit-needed'],
  ['attendance-unit-outside', 'out-of-school-unit-outside'],
  ['attendance-too-long', 'out-of-school-too-long'],
  ['batch-face-refused', 'batch-printed-face-refused'],
  ['stray-unknown', 'unexpected-card-unknown'],
  ['stray-settled', 'unexpected-card-settled'],
  ['stray-note-needed', 'unexpected-card-note-needed'],
  ['witness-needed', 'second-checker-needed'],
  ['witness-unknown', 'second-checker-unknown'],
  ['row-handed-on', 'row-referred'],
  ['hand-on-none', 'referral-none'],
  ['errand-unknown', 'follow-up-unknown'],
  ['errand-settled', 'follow-up-closed'],
  ['errand-of-another', 'follow-up-of-another'],
  ['errand-undisputed', 'follow-up-undisputed'],
  ['errand-papers-needed', 'follow-up-papers-needed'],
  ['errand-has-correction', 'follow-up-has-correction'],
])

export const formerProblemCodes = () => formerCodes
/** The code that a refusal has today, by that code or a former one. */
export const currentProblemCode = (code: string): string => formerCodes.get(code) ?? code

/** The body of `application/problem+json` (RFC 9457, section 3). The facts stand beside the members of the standard. */
export const problemBody = (problem: Problem, requestId: string) => ({
  ...problem.facts,
  type: `/problems/${problem.code}`,
  title: problem.kind.title,
  title_vi: problem.kind.vi,
  status: problem.kind.status,
  ...(problem.kind.fix && { fix: problem.kind.fix }),
  ...(problem.kind.fixVi && { fix_vi: problem.kind.fixVi }),
  request_id: requestId,
})
