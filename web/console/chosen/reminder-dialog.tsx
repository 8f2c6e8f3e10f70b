import { reminderPreview, reminderSend } from '../../../src/campaign/reminders/contract.ts'
import { Button } from '../../parts/button.tsx'
import { instantText, numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import { countNotDone, NotDoneList } from './not-done.tsx'

/** Whom a reminder reaches and what it says, before it is sent. */
export function ReminderDialog({ people, onClose }: { people: readonly string[]; onClose: () => void }) {
  const say = useSay()
  const { data, error, refetch } = useAsk(reminderPreview, { body: { people: [...people] } })
  const send = useDo(reminderSend, [reminderPreview])
  return (
    <Dialog open title={say('remind-title', { n: numberText(people.length) })} onClose={onClose}>
      {send.data ? (
        <>
          <p>
            {say('remind-done', {
              n: numberText(send.data.results.filter(({ result }) => result === 'queued').length),
            })}
          </p>
          <NotDoneList refused={countNotDone(send.data, 'queued')} />
          <div className="buttons">
            <Button onPress={onClose}>{say('chosen-close')}</Button>
          </div>
        </>
      ) : (
        <>
          {error && <Failed error={error} retry={() => void refetch()} />}
          {!data && !error && <Loading what={say('remind-reading')} />}
          {data && (
            <>
              {data.reached === 0 ? (
                <State so={say('remind-nobody')} />
              ) : (
                <p>{say('remind-reached', { n: numberText(data.reached) })}</p>
              )}
              <NotDoneList refused={data.refused} />
              <div className="message-texts">
                {data.texts.map(({ text, people: count }) => (
                  <figure key={text}>
                    <figcaption className="small">{say('remind-text', { n: numberText(count) })}</figcaption>
                    <blockquote>{text}</blockquote>
                  </figure>
                ))}
              </div>
              {data.sendsAt && (
                <p className="small">
                  {say('remind-later', {
                    time: instantText(data.sendsAt).time,
                    day: instantText(data.sendsAt).day,
                  })}
                </p>
              )}
              <RefusedNote error={send.error} />
              <div className="buttons">
                <Button
                  look="primary"
                  disabled={data.reached === 0 || send.isPending}
                  onPress={() => send.mutate({ body: { people: [...people] } })}
                >
                  {say('remind-do', { n: numberText(data.reached) })}
                </Button>
                <Button onPress={onClose}>{say('leave-it')}</Button>
              </div>
            </>
          )}
        </>
      )}
    </Dialog>
  )
}
