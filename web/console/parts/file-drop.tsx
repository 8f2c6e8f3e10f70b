import type { LucideIcon } from 'lucide-react'
import { useState } from 'react'
import { DropZone, type FileDropItem, FileTrigger } from 'react-aria-components'
import { Button } from '../../parts/button.tsx'
import { FieldError } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'

export type FileDropProps = {
  readonly label: string
  readonly hint: string
  /** With its dot, in lower case. */
  readonly ending: string
  readonly icon: LucideIcon
  /** What is said of a file of another kind, by its name. */
  readonly otherKind: (name: string) => string
  readonly onFile: (file: File) => void
}

/** Takes one file of one kind, dropped or chosen, and gives it on unread. */
export function FileDrop({ label, hint, ending, icon, otherKind, onFile }: FileDropProps) {
  const say = useSay()
  const [wrong, setWrong] = useState<string>()
  const take = (file: File | undefined) => {
    if (!file) return
    if (!file.name.toLowerCase().endsWith(ending)) return setWrong(otherKind(file.name))
    setWrong(undefined)
    onFile(file)
  }
  return (
    <DropZone
      className="drop"
      aria-label={label}
      onDrop={async ({ items }) => {
        const [first] = items.filter((item): item is FileDropItem => item.kind === 'file')
        take(await first?.getFile())
      }}
    >
      <strong>{label}</strong>
      <span className="quiet">{hint}</span>
      <FileTrigger acceptedFileTypes={[ending]} onSelect={files => take(files?.[0])}>
        <Button icon={icon}>{say('file-choose')}</Button>
      </FileTrigger>
      {wrong && <FieldError>{wrong}</FieldError>}
    </DropZone>
  )
}
