import { problems } from '../platform/problem.ts'

export const decisionProblem = problems({
  'decision-held': {
    status: 409,
    title: 'This was decided a moment ago, and the decision may still be undone',
    vi: 'Hồ sơ này vừa được quyết định và còn trong thời gian hoàn tác',
    fix: '"until" says when it takes effect. Whoever decided may undo it until then.',
    fixVi: '"until" là lúc quyết định có hiệu lực. Người quyết định có thể hoàn tác trước lúc đó.',
  },
  'decision-unknown': {
    status: 404,
    title: 'There is no such decision among those you may see',
    vi: 'Không có quyết định này trong phạm vi anh/chị được xem',
    fix: 'Open the account, application or card: it says what was decided.',
    fixVi: 'Mở tài khoản, hồ sơ hoặc thẻ để xem đã quyết định gì.',
  },
  'decision-of-another': {
    status: 403,
    title: 'Another officer decided this, who may undo it, or an officer of a unit above with the same right',
    vi: 'Cán bộ khác đã quyết định; chỉ người đó hoặc cấp trên có cùng quyền được hoàn tác',
    fix: 'Ask whoever decided, or a superior, before "until".',
    fixVi: 'Đề nghị người quyết định hoặc cấp trên hoàn tác trước thời điểm "until".',
  },
  'decision-lapsed': {
    status: 409,
    title: 'The decision was not carried out within a day after the time to undo it',
    vi: 'Quyết định không được thực hiện trong một ngày sau thời gian hoàn tác',
    fix: 'Decide again: it waits as before.',
    fixVi: 'Quyết định lại; hồ sơ vẫn đang chờ như trước.',
  },
  'decision-authority-ended': {
    status: 409,
    title: 'Whoever decided has no longer the duty to decide so in that unit, so the decision was not carried out',
    vi: 'Người quyết định không còn nhiệm vụ này tại đơn vị, nên quyết định không được thực hiện',
    fix: 'It waits as before: another officer with the right decides it.',
    fixVi: 'Hồ sơ vẫn chờ như trước; cán bộ khác có quyền quyết định lại.',
  },
  'decision-over': {
    status: 409,
    title: 'This decision can no longer be undone',
    vi: 'Quyết định này không còn hoàn tác được',
    fix: '"state" says what happened, "at" when. What took effect is mended as any other: by a new decision.',
    fixVi: '"state" là điều đã xảy ra, "at" là lúc nào. Quyết định đã có hiệu lực thì sửa bằng một quyết định mới.',
  },
})
