import { Camera, FilePlus2, X } from 'lucide-react'
import { useState } from 'react'
import { type AttachedPaper, attachedPapers } from '../../../src/attachments/attachment.ts'
import { sayAttachedPaper } from '../../../src/attachments/words.ts'
import { Button } from '../../parts/button.tsx'
import { NoAnswer, Refusal } from '../../parts/call.ts'
import { Field } from '../../parts/field.tsx'
import { useLanguage } from '../base/language.tsx'
import { DropPlace, FileButton } from '../parts/drop-place.tsx'
import { tooLarge, type Upload, type useUploads } from './use-uploads.ts'

/** An iPhone writes its photographs as JPEG where a page takes these alone. */
const takenTypes = ['image/jpeg', 'image/png', 'application/pdf'] as const

type AttachFieldProps = Pick<ReturnType<typeof useUploads>, 'uploads' | 'send' | 'drop'> & {
  /** What the form names as its evidence. */
  readonly paper?: AttachedPaper | undefined
}

/** Takes photographs and scans: dropped, chosen, or by the camera of a phone. Each file is told apart. */
export function AttachField({ uploads, send, drop, paper }: AttachFieldProps) {
  const { say, language } = useLanguage()
  const [chosen, setChosen] = useState<AttachedPaper>()
  const next = chosen ?? paper ?? 'form'
  const take = (files: readonly File[]) => send([...files], next)
  return (
    <div className="attach">
      <Field
        label={say('papers-kind')}
        value={next}
        onChange={value => setChosen(attachedPapers.find(one => one === value))}
        choices={attachedPapers.map(one => [one, sayAttachedPaper(language)(one)])}
      />
      <DropPlace label={say('papers-drop')} onFiles={take}>
        <strong className="by-mouse">{say('papers-drop')}</strong>
        <span className="quiet">{say('papers-limits')}</span>
        <div className="buttons">
          <FileButton icon={FilePlus2} accept={takenTypes} many onFiles={take}>
            {say('papers-choose')}
          </FileButton>
          <span className="by-touch">
            <FileButton icon={Camera} accept={['image/jpeg']} camera onFiles={take}>
              {say('papers-camera')}
            </FileButton>
          </span>
        </div>
      </DropPlace>
      {uploads.length > 0 && (
        <ul className="uploads">
          {uploads.map(one => (
            <li key={one.key}>
              <OneUpload upload={one} onClose={() => drop(one.key)} />
            </li>
          ))}
        </ul>
      )}
    </div>
  )
}

function OneUpload({ upload, onClose }: { upload: Upload; onClose: () => void }) {
  const { say } = useLanguage()
  const { name, bytes, sent, stop, refused, already } = upload
  if (refused !== undefined || already)
    return (
      <div className={`note ${already ? 'waiting' : 'late'}`} role="alert">
        <p>{already ? say('paper-already', { name }) : <Refused name={name} error={refused} />}</p>
        <Button look="text" icon={X} onPress={onClose}>
          {say('paper-refused-close')}
        </Button>
      </div>
    )
  const isSent = sent >= bytes
  const label = say(isSent ? 'papers-checking' : 'papers-sending', { name })
  return (
    <div className="one-upload">
      <span className="file-name" aria-live="polite">
        {label}
      </span>
      <div
        className="progress"
        role="progressbar"
        aria-label={label}
        aria-valuemin={0}
        aria-valuemax={bytes}
        aria-valuenow={Math.min(sent, bytes)}
      >
        <div className="track">
          <div className="fill" style={{ width: `${Math.min(100, (sent / Math.max(1, bytes)) * 100)}%` }} />
        </div>
      </div>
      <Button look="text" onPress={stop}>
        {say('papers-stop')}
      </Button>
    </div>
  )
}

/** Why a file was not taken, and how that is mended. */
function Refused({ name, error }: { name: string; error: unknown }) {
  const { say, language } = useLanguage()
  const [why, todo] =
    error === tooLarge
      ? [say('paper-too-large'), say('paper-too-large-todo')]
      : error instanceof Refusal
        ? language === 'vi'
          ? [error.title_vi, error.fix_vi]
          : [error.title, error.fix]
        : [say(error instanceof NoAnswer ? 'no-answer' : 'page-broken'), say('no-answer-todo')]
  return (
    <>
      <strong className="file-name">{say('paper-refused', { name })}.</strong> {why}. {todo}
    </>
  )
}
