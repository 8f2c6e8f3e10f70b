// Declares the refusals of packets, each with what to do: a packet bears their codes.
import '../../../src/enrolment/problems.ts'
import { knownProblems } from '../../../src/platform/problem.ts'
import { useLanguage } from '../base/language.tsx'

/** What a code says and what to do about it, as the page of that refusal has it; an unknown code stands as it is. */
export function useProblemWords() {
  const { language } = useLanguage()
  return (code: string): { readonly so: string; readonly todo: string | undefined } => {
    const kind = knownProblems().get(code)
    if (!kind) return { so: code, todo: undefined }
    return language === 'vi' ? { so: kind.vi, todo: kind.fixVi } : { so: kind.title, todo: kind.fix }
  }
}
