import { problems } from '../platform/problem.ts'

export const partyProblem = problems({
  'party-unknown': {
    status: 404,
    title: 'There is no such party among those you may see',
    vi: 'Không có bên liên kết này trong phạm vi anh/chị được xem',
    fix: 'Choose one from the list.',
    fixVi: 'Chọn trong danh sách.',
  },
  'party-wrong': {
    status: 422,
    title: 'Some of what is said of the party cannot stand so',
    vi: 'Một số thông tin của bên liên kết chưa đúng',
    fix: '"wrong" names each field and what to do.',
    fixVi: '"wrong" ghi từng mục và cách sửa.',
  },
  'party-move-refused': {
    status: 409,
    title: 'A party in this state cannot be moved so',
    vi: 'Bên liên kết ở trạng thái này không chuyển như vậy được',
    fix: '"state" says where it stands; reload the page, someone may have moved it.',
    fixVi: '"state" là trạng thái hiện tại; tải lại trang, có thể người khác vừa chuyển.',
  },
  'party-own-work': {
    status: 403,
    title: 'Nobody decides on what they registered or submitted themselves',
    vi: 'Người đăng ký hoặc gửi duyệt không được tự duyệt',
    fix: 'Ask another officer with the right to approve. What your stand-in did counts as yours.',
    fixVi: 'Đề nghị cán bộ khác có quyền duyệt. Việc do người thay mình làm cũng tính là của mình.',
  },
  'party-reason-needed': {
    status: 400,
    title: 'Say why',
    vi: 'Cần ghi lý do',
    fix: 'Give a reason in a sentence; the party’s engineers read it.',
    fixVi: 'Ghi lý do trong một câu; kỹ sư của bên liên kết sẽ đọc.',
  },
  'party-not-approved': {
    status: 409,
    title: 'The party itself has to be approved first',
    vi: 'Phải duyệt bên liên kết trước',
    fix: 'Decide on the party, then on its clients.',
    fixVi: 'Duyệt bên liên kết rồi mới duyệt client.',
  },
  'client-unknown': {
    status: 404,
    title: 'There is no such client among those you may see',
    vi: 'Không có client này trong phạm vi anh/chị được xem',
    fix: 'Choose one from the page of its party.',
    fixVi: 'Chọn trên trang của bên liên kết.',
  },
  'client-wrong': {
    status: 422,
    title: 'Some of the client’s settings cannot stand so',
    vi: 'Một số thiết lập của client chưa đúng',
    fix: '"wrong" names each field, what is wrong with it and what to do.',
    fixVi: '"wrong" ghi từng mục, sai ở đâu và sửa thế nào.',
  },
  'client-move-refused': {
    status: 409,
    title: 'The client is in that state already',
    vi: 'Client đã ở trạng thái đó',
    fix: 'Reload the page; someone may have moved it.',
    fixVi: 'Tải lại trang; có thể người khác vừa chuyển.',
  },
  'version-unknown': {
    status: 404,
    title: 'The client has no such version',
    vi: 'Client không có phiên bản này',
    fix: 'Choose one from the client’s page.',
    fixVi: 'Chọn trên trang của client.',
  },
  'version-move-refused': {
    status: 409,
    title: 'A version in this state cannot be moved so',
    vi: 'Phiên bản ở trạng thái này không chuyển như vậy được',
    fix: '"state" says where it stands; reload the page, someone may have moved it.',
    fixVi: '"state" là trạng thái hiện tại; tải lại trang, có thể người khác vừa chuyển.',
  },
  'version-in-review': {
    status: 409,
    title: 'A version of this client waits for its review',
    vi: 'Một phiên bản của client này đang chờ duyệt',
    fix: 'Wait for the decision, or withdraw it and submit another.',
    fixVi: 'Chờ quyết định, hoặc rút lại rồi gửi phiên bản khác.',
  },
  'version-scope-unreviewed': {
    status: 422,
    title: 'Each purpose has to be looked at before a version is approved',
    vi: 'Phải xem từng mục đích trước khi duyệt phiên bản',
    fix: '"scopes" are those that were not ticked. What should not be allowed is a reason to refuse the version.',
    fixVi: '"scopes" là những mục chưa đánh dấu. Mục không nên cho phép là lý do để từ chối phiên bản.',
  },
  'quota-wrong': {
    status: 422,
    title: 'A quota is a whole number, and a day’s is no less than a minute’s',
    vi: 'Hạn mức là số nguyên, và hạn mức ngày không nhỏ hơn hạn mức phút',
    fix: 'Give how many a minute and how many a day.',
    fixVi: 'Ghi số lượt mỗi phút và mỗi ngày.',
  },
  'flight-unknown': {
    status: 404,
    title: 'Nothing is recorded under this code among what you may see',
    vi: 'Không có gì được ghi dưới mã này trong phạm vi anh/chị được xem',
    fix:
      'Copy the whole code from the error page or the x-request-id header. Notes are kept for thirty days; ' +
      'a request that passed every check leaves none.',
    fixVi:
      'Chép trọn mã trên trang lỗi hoặc trong tiêu đề x-request-id. Ghi chép giữ ba mươi ngày; ' +
      'yêu cầu qua mọi bước kiểm tra thì không để lại ghi chép.',
  },
})
