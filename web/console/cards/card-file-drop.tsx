import { FileUp } from 'lucide-react'
import { useState } from 'react'
import { FieldError } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'
import { DropPlace, FileButton } from '../parts/drop-place.tsx'

const kinds = {
  csv: {
    names: /\.csv$/i,
    accepted: ['.csv', 'text/csv'],
    wrong: 'csv-other-kind',
    maxBytes: 20_000_000,
    large: 'file-too-large',
  },
  image: {
    names: /\.(jpe?g|png|pdf)$/i,
    accepted: ['image/jpeg', 'image/png', 'application/pdf'],
    wrong: 'image-other-kind',
    maxBytes: 10_000_000,
    large: 'image-too-large',
  },
} as const

export type FileDropProps = {
  readonly kind: keyof typeof kinds
  readonly label: string
  readonly hint: string
  readonly choose: string
  readonly onFile: (file: File) => void
}

/** Takes one file, dropped, chosen or photographed. Another kind of file, or one too large, is answered in words. */
export function FileDrop({ kind, label, hint, choose, onFile }: FileDropProps) {
  const say = useSay()
  const [wrong, setWrong] = useState<string>()
  const { names, accepted, wrong: other, maxBytes, large } = kinds[kind]
  const take = (file: File | undefined) => {
    if (!file) return
    if (!names.test(file.name)) return setWrong(say(other, { name: file.name }))
    if (file.size > maxBytes) return setWrong(say(large, { n: maxBytes / 1_000_000 }))
    setWrong(undefined)
    onFile(file)
  }
  return (
    <DropPlace label={label} onFiles={([first]) => take(first)}>
      <strong>{label}</strong>
      <span className="quiet">{hint}</span>
      <FileButton icon={FileUp} accept={accepted} onFiles={([first]) => take(first)}>
        {choose}
      </FileButton>
      {wrong && <FieldError>{wrong}</FieldError>}
    </DropPlace>
  )
}
