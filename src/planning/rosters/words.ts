import { words } from '../../platform/pages/html.ts'

/** What stands as the reason on an application or account that a key of the roll call began. */
export const rosterText = words({
  'taken-back': [
    'Ghi nhầm khi điểm danh, cán bộ đã hoàn tác',
    'Entered by mistake at the roll call and taken back by the officer',
  ],
})
