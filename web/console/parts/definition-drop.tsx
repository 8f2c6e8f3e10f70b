import { FileJson } from 'lucide-react'
import { useState } from 'react'
import { DropZone, type FileDropItem, FileTrigger } from 'react-aria-components'
import { Button } from '../../parts/button.tsx'
import { FieldError } from '../../parts/field.tsx'
import { useSay } from '../base/language.tsx'

/**
 * Takes one JSON file, dropped or chosen, and gives on what stands in it. Another kind of file is answered in words.
 */
export function DefinitionDrop({
  label,
  hint,
  onRead,
}: {
  label: string
  hint: string
  onRead: (given: unknown, name: string) => void
}) {
  const say = useSay()
  const [wrong, setWrong] = useState<string>()
  const take = async (file: File | undefined) => {
    if (!file) return
    if (!/\.json$/i.test(file.name)) return setWrong(say('new-other-kind', { name: file.name }))
    try {
      const given: unknown = JSON.parse(await file.text())
      setWrong(undefined)
      onRead(given, file.name)
    } catch {
      setWrong(say('new-unreadable', { name: file.name }))
    }
  }
  return (
    <DropZone
      className="drop"
      aria-label={label}
      onDrop={async ({ items }) => {
        const [first] = items.filter((item): item is FileDropItem => item.kind === 'file')
        await take(await first?.getFile())
      }}
    >
      <strong>{label}</strong>
      <span className="quiet">{hint}</span>
      <FileTrigger acceptedFileTypes={['.json', 'application/json']} onSelect={files => void take(files?.[0])}>
        <Button icon={FileJson}>{say('file-choose')}</Button>
      </FileTrigger>
      {wrong && <FieldError>{wrong}</FieldError>}
    </DropZone>
  )
}
