import { Field, type FieldProps } from '../../parts/field.tsx'
import { useDraft } from './drafts.ts'

/** A field of free text. What is typed is kept as a draft, named by the thing that it is about. */
export function NoteField({ draft, ...field }: FieldProps & { readonly draft: string }) {
  useDraft(draft, field.value, field.onChange)
  return <Field {...field} />
}
