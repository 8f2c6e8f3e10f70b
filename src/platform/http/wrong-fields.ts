import { wrongFieldLimits } from './law.ts'

/** One finding of the input check, as Ajv gives it. */
export type InputFinding = {
  readonly instancePath?: string
  readonly message?: string | undefined
  readonly params?: unknown
}

const cut = (text: string) => text.slice(0, wrongFieldLimits.characters)

/**
 * What the input check found, without the values that were sent. Names of members may be the sender's own words, so
 * number and length are limited.
 */
export const wrongFields = (findings: readonly InputFinding[]): { readonly field: string; readonly should: string }[] =>
  findings.slice(0, wrongFieldLimits.most).map(({ instancePath = '', message, params }) => ({
    field: cut(
      instancePath.slice(1).replaceAll('/', '.') ||
        String((params as { missingProperty?: string } | undefined)?.missingProperty ?? ''),
    ),
    should: cut(message ?? ''),
  }))
