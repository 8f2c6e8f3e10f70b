import { groupList, groupSetUp } from '../../../src/campaign/groups/contract.ts'
import { useSay } from '../base/language.tsx'
import { goTo } from '../base/router-handle.ts'
import { useDo } from '../base/use-endpoint.ts'
import { Page } from '../shell/page.tsx'
import { useUnitName } from '../shell/session.tsx'
import { groupAt, groupsAt } from './group.ts'
import { GroupForm } from './group-form.tsx'

/** To set up a group. */
export function NewGroupPage() {
  const say = useSay()
  const unit = useUnitName()
  const send = useDo(groupSetUp, [groupList])
  return (
    <Page title={say('group-set-up-title')} standing={<p>{unit}</p>} strip={[unit, say('groups')]}>
      <GroupForm
        deed={say('group-set-up')}
        busy={send.isPending}
        error={send.error}
        onSend={body => send.mutate({ body }, { onSuccess: ({ id }) => goTo(groupAt(id)) })}
        back={groupsAt()}
      />
    </Page>
  )
}
