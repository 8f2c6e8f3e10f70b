/**
 * The keyword `minLength` of what comes in: a text that has to be there has a letter in it, and blanks alone are none.
 * A reason of one blank is no reason, and the tables refuse it as they refuse an empty one.
 */
export const leastLength = {
  keyword: 'minLength',
  type: 'string',
  schemaType: 'number',
  validate: (least: number, text: string) =>
    least === 0 || (text.trim() !== '' && (text.length >= 2 * least || [...text].length >= least)),
  error: {
    message: ({ schema }: { readonly schema: unknown }) =>
      schema === 1 ? 'must not be blank' : `must NOT have fewer than ${schema} characters, and not be blank`,
  },
} as const
