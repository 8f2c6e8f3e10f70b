/** An expression that may stand although it cannot be judged, or is not linear; `made`: one made at run time. */
export type AllowedExpression = { readonly file: string; readonly source: string | 'made'; readonly why: string }

export const allowedExpressions: readonly AllowedExpression[] = [
  {
    file: 'db/generate.ts',
    source: 'made',
    why: 'made of the tables of names beside it, and run on the types of our own schema by whoever changes it',
  },
]
