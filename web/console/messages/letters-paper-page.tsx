import { letterList, lettersPrinted, messageList } from '../../../src/outreach/contract.ts'
import { Button } from '../../parts/button.tsx'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Paper } from '../papers/paper.tsx'
import { PaperPage } from '../papers/paper-page.tsx'
import { RefusedNote, State } from '../parts/page-state.tsx'
import { messagesAt } from './search.ts'

/** Letters that wait for paper, each on a page of its own; who printed them says so, and nobody prints them again. */
export function LettersPaperPage() {
  const say = useSay()
  const { data, error, refetch } = useAsk(letterList, {})
  const printed = useDo(lettersPrinted, [letterList, messageList])
  const letters = data?.letters ?? []
  return (
    <PaperPage
      title={say('letters-title')}
      lines={[]}
      back={{ to: messagesAt(), text: say('messages') }}
      reading={data || error ? undefined : say('reading-list')}
      error={error}
      retry={() => void refetch()}
      {...(data &&
        letters.length === 0 && { instead: <State so={say('letters-none')} todo={say('letters-none-todo')} /> })}
      also={
        letters.length > 0 && (
          <>
            <RefusedNote error={printed.error} />
            <Button
              look="wide"
              disabled={printed.isPending}
              onPress={() => printed.mutate({ body: { ids: letters.map(({ id }) => id) } })}
            >
              {say('letters-printed', { n: letters.length })}
            </Button>
          </>
        )
      }
      papers={letters.map(({ id, address, subject, text }) => (
        <Paper key={id} title={subject} lines={[address]} signs={[say('paper-commander')]} className="letter-paper">
          <p className="message-text">{text}</p>
        </Paper>
      ))}
    />
  )
}
