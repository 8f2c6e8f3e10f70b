import type { AttachedCaseKind } from '../../../src/attachments/attachment.ts'
import {
  attachToCorrection,
  attachToDataRequest,
  listCorrectionAttachments,
  listDataRequestAttachments,
  listUnfinishedCorrectionAttachments,
  listUnfinishedDataRequestAttachments,
  readCorrectionAttachment,
  readDataRequestAttachment,
  removeCorrectionAttachment,
  removeDataRequestAttachment,
} from '../../../src/attachments/contract.ts'
import { listDataRequests, showDataRequest } from '../../../src/data-protection/requests/contract.ts'
import { listCorrections, showCorrection } from '../../../src/register/corrections/contract.ts'
import type { Answer } from '../../parts/call.ts'

/** By which doors the papers of a kind of case come and go, and what of the case is read anew afterwards. */
export const caseDoors = {
  correction: {
    attach: attachToCorrection,
    unfinished: listUnfinishedCorrectionAttachments,
    list: listCorrectionAttachments,
    read: readCorrectionAttachment,
    remove: removeCorrectionAttachment,
    ofCase: [showCorrection, listCorrections],
  },
  'data-request': {
    attach: attachToDataRequest,
    unfinished: listUnfinishedDataRequestAttachments,
    list: listDataRequestAttachments,
    read: readDataRequestAttachment,
    remove: removeDataRequestAttachment,
    ofCase: [showDataRequest, listDataRequests],
  },
} as const satisfies Record<AttachedCaseKind, object>

export type AttachedFile = Answer<typeof listCorrectionAttachments>['attachments'][number]
