import { type Doors, serve } from '../../platform/http/serve-endpoint.ts'
import { asId } from '../../platform/ids.ts'
import * as contract from './contract.ts'
import { inviteFamilies, previewInvitations } from './invitations.ts'

export function invitationRoutes(doors: Doors): void {
  serve(doors, contract.invitationPreview, (work, { params }) => previewInvitations(work, asId<'session'>(params.id)))
  serve(doors, contract.invitationSend, (work, { params }) => inviteFamilies(work, asId<'session'>(params.id)))
}
