import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { reminderPreview, reminderSend } from './contract.ts'
import { previewReminders, sendReminders } from './reminders.ts'

const at = (sendsAt: Date | undefined) => (sendsAt ? { sendsAt: sendsAt.toISOString() } : {})

export function reminderRoutes(doors: Doors): void {
  serve(doors, reminderPreview, async (work, { body }) => {
    const { sendsAt, ...preview } = await previewReminders(work, body.people)
    return { ...preview, ...at(sendsAt) }
  })

  serve(doors, reminderSend, async (work, { body }) => {
    const { sendsAt, ...sent } = await sendReminders(work, body.people)
    return { ...sent, ...at(sendsAt) }
  })
}
