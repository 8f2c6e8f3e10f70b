import { invitationPreview, invitationSend } from '../../../src/planning/invitations/contract.ts'
import { Button } from '../../parts/button.tsx'
import type { Answer } from '../../parts/call.ts'
import { numberText } from '../../parts/formats.ts'
import { useSay } from '../base/language.tsx'
import { useAsk, useDo } from '../base/use-endpoint.ts'
import { Dialog } from '../parts/dialog.tsx'
import { Failed, Loading, RefusedNote, State } from '../parts/page-state.tsx'
import type { WholeSession } from './week.ts'

/** Whom an invitation reaches, what it says, and who is left to the teacher or the group. */
export function InviteDialog({ session, onClose }: { session: WholeSession; onClose: () => void }) {
  const say = useSay()
  const asked = { params: { id: session.id } }
  const { data, error, refetch } = useAsk(invitationPreview, asked)
  const send = useDo(invitationSend, [invitationPreview])
  return (
    <Dialog open title={say('invite-title')} onClose={onClose}>
      {error && <Failed error={error} retry={() => void refetch()} />}
      {!data && !error && <Loading what={say('invite-reading')} />}
      {send.data && <p role="status">{say('invite-done', { n: numberText(send.data.invited) })}</p>}
      {data && !send.data && (
        <>
          {data.reached === 0 ? (
            <State so={say(data.already > 0 ? 'invite-all-told' : 'invite-nobody')} />
          ) : (
            <p>{say('invite-reached', { n: numberText(data.reached) })}</p>
          )}
          {data.already > 0 && data.reached > 0 && (
            <p className="small">{say('invite-already', { n: numberText(data.already) })}</p>
          )}
          {data.reached > 0 && (
            <div className="message-texts">
              <figure>
                <figcaption className="small">{say('invite-text')}</figcaption>
                <blockquote>{data.text}</blockquote>
              </figure>
            </div>
          )}
        </>
      )}
      {data && <NotReached refused={(send.data ?? data).refused} />}
      <RefusedNote error={send.error} />
      <div className="buttons">
        {data && !send.data && data.reached > 0 && (
          <Button look="primary" disabled={send.isPending} onPress={() => send.mutate(asked)}>
            {say('invite-do', { n: numberText(data.reached) })}
          </Button>
        )}
        <Button onPress={onClose}>{say(send.data ? 'close' : 'leave-it')}</Button>
      </div>
    </Dialog>
  )
}

function NotReached({ refused }: Pick<Answer<typeof invitationPreview>, 'refused'>) {
  const say = useSay()
  if (refused.length === 0) return null
  return (
    <>
      <ul className="lines">
        {refused.map(({ why, people }) => (
          <li key={why}>{say(`invite-${why}`, { n: numberText(people) })}</li>
        ))}
      </ul>
      <p className="small">{say('invite-by-others')}</p>
    </>
  )
}
