import { hotline } from '../names/hotline.ts'
import { problems } from '../platform/problem.ts'

export const accountProblem = problems({
  'account-unknown': {
    status: 404,
    title: 'There is no such account among those you may see',
    vi: 'Không có tài khoản này trong phạm vi anh/chị được xem',
    fix: 'Open the account from the page of its holder.',
    fixVi: 'Mở tài khoản từ trang của người giữ.',
  },
  'account-move-refused': {
    status: 409,
    title: 'An account in this state cannot be moved so',
    vi: 'Tài khoản ở trạng thái này không chuyển như vậy được',
    fix: '"state" and "level" are what it is now; reload the page, someone may have moved it.',
    fixVi: '"state" và "level" là trạng thái và mức hiện tại; tải lại trang, có thể người khác vừa chuyển.',
  },
  'account-exists': {
    status: 409,
    title: 'The person has an account',
    vi: 'Người này đã có tài khoản',
    fix: '"state" and "level" say what it is. Raise its level, or have it activated.',
    fixVi: '"state" và "level" cho biết tài khoản đang ở đâu. Nâng mức, hoặc kích hoạt.',
  },
  'account-too-young': {
    status: 422,
    title: 'The person is too young for an account of their own at this level by the law of the day',
    vi: 'Người này chưa đủ tuổi có tài khoản riêng ở mức này theo luật tại ngày này',
    fix: 'From "from" years of age. Until then a child is registered under the account of a parent or guardian.',
    fixVi: 'Từ đủ "from" tuổi. Trước đó, trẻ em đăng ký theo tài khoản của cha mẹ hoặc người giám hộ.',
  },
  'account-card-needed': {
    status: 409,
    title: 'Level 2 needs a card, or an application for one made together with it',
    vi: '[[Level-2]] cần có thẻ, hoặc làm cùng với hồ sơ cấp thẻ',
    fix: 'Enter the application for the card first.',
    fixVi: 'Lập hồ sơ cấp thẻ trước.',
  },
  'account-child-card-needed': {
    status: 409,
    title: 'A child’s account of level 1 needs the child’s own card in force',
    vi: 'Tài khoản [[level-1]] của trẻ em cần trẻ đã có [[card]] còn hiệu lực',
    fix: 'Ask for the child’s card first: below six online, from six on at a police office.',
    fixVi: 'Đề nghị cấp thẻ cho trẻ trước: dưới 6 tuổi làm trực tuyến, từ đủ 6 tuổi đến cơ quan công an.',
  },
  'account-ward-under-guardian': {
    status: 409,
    title: 'By the law of the day a person under guardianship has no account beside the guardian’s',
    vi: 'Theo quy định tại ngày này, người được giám hộ đăng ký theo tài khoản của người giám hộ',
    fix: 'The guardian’s own account serves; since 1 July 2024 the guardian asks for one of the ward’s own.',
    fixVi: 'Dùng tài khoản của người giám hộ; từ 01/07/2024 người giám hộ đề nghị cấp tài khoản riêng.',
  },
  'account-holder-dead': {
    status: 409,
    title: 'No account is opened for a person who has died',
    vi: 'Không mở tài khoản cho người đã chết',
    fix: 'If the register is wrong, propose a correction first.',
    fixVi: 'Nếu dữ liệu dân cư sai, đề nghị chỉnh sửa trước.',
  },
  'account-phone-malformed': {
    status: 400,
    title: 'This is no phone number',
    vi: 'Số điện thoại không đúng',
    fix: 'Ten digits that begin with 0.',
    fixVi: 'Nhập 10 chữ số, bắt đầu bằng 0.',
  },
  'account-phone-no-texts': {
    status: 400,
    title: 'A landline gets no messages',
    vi: 'Số máy bàn không nhận được tin nhắn',
    fix: 'Give a mobile of one’s own, or leave it empty: the account is then activated by a slip.',
    fixVi: 'Dùng số di động của chính mình, hoặc để trống: khi đó kích hoạt bằng phiếu.',
  },
  'account-phone-taken': {
    status: 409,
    title: 'This phone belongs to another person’s account',
    vi: 'Số điện thoại này đã dùng cho tài khoản của người khác',
    fix: 'Give another phone of one’s own; if it is theirs, the other account must give it up first, at the police.',
    fixVi: 'Dùng số khác của chính mình; nếu đúng là số của mình, đến công an để tài khoản kia trả số trước.',
  },
  'account-phone-not-representatives': {
    status: 422,
    title: 'A child’s account has the phone of whoever represents them, and no other',
    vi: 'Tài khoản của trẻ em dùng số điện thoại của người đại diện, không dùng số khác',
    fix:
      'Leave the phone empty: it is taken from the representative’s account. ' +
      'If it is another now, change it there, or name another representative.',
    fixVi:
      'Để trống số điện thoại: hệ thống lấy theo tài khoản của người đại diện. ' +
      'Nếu số đã đổi, đổi ở tài khoản đó, hoặc chọn người đại diện khác.',
  },
  'account-reason-needed': {
    status: 400,
    title: 'Say why the account is locked or cancelled',
    vi: 'Cần ghi lý do khóa hoặc hủy tài khoản',
    fix: 'Give a reason in a few words.',
    fixVi: 'Ghi ngắn gọn lý do.',
  },
  'account-at-centre': {
    status: 409,
    title: 'The national centre has this request to decide',
    vi: 'Yêu cầu này đã chuyển trung tâm quốc gia, đang chờ trả lời',
    fix: 'Wait for its answer: it approves, rejects, or gives it back with a reason.',
    fixVi: 'Chờ trung tâm trả lời: phê duyệt, từ chối, hoặc trả lại kèm lý do.',
  },
  'account-supplement-open': {
    status: 409,
    title: 'Something is missing from this request, and was asked for',
    vi: 'Yêu cầu này đang chờ bổ sung',
    fix: '"until" is the last day to bring it. Until then it is not refused, and it is not approved without it.',
    fixVi: '"until" là hạn bổ sung. Chưa bổ sung thì chưa duyệt; chưa hết hạn thì chưa từ chối.',
  },
  'account-supplements-over': {
    status: 409,
    title: 'A supplement was asked for as often as this installation allows',
    vi: 'Đã yêu cầu bổ sung đủ số lần cho phép',
    fix: '"most" says how often. Decide the request by what is there.',
    fixVi: '"most" là số lần nhiều nhất. Quyết định theo hồ sơ hiện có.',
  },
  'account-no-supplement': {
    status: 409,
    title: 'Nothing was asked for of this request, or it was supplied already',
    vi: 'Yêu cầu này không chờ bổ sung, hoặc đã bổ sung xong',
    fix: 'Reload the page; another officer may just have received it.',
    fixVi: 'Tải lại trang; có thể cán bộ khác vừa nhận.',
  },
  'account-supplement-incomplete': {
    status: 422,
    title: 'Not everything that was asked for was supplied',
    vi: 'Chưa bổ sung đủ các mục đã yêu cầu',
    fix: '"lacking" says what is still missing. It goes back to the approver when all of it is there.',
    fixVi: '"lacking" là các mục còn thiếu. Đủ các mục thì yêu cầu mới trở lại người duyệt.',
  },
  'account-own-request': {
    status: 409,
    title: 'Whoever took a request does not decide it',
    vi: 'Người tiếp nhận yêu cầu không được duyệt chính yêu cầu đó',
    fix: 'Leave it to another officer with the right to approve. What your stand-in did counts as yours.',
    fixVi: 'Để cán bộ khác có quyền duyệt quyết định. Việc do người thay mình làm cũng tính là của mình.',
  },
  'account-representative-needed': {
    status: 422,
    title: 'A child’s account is asked for by father, mother or guardian: say by whom',
    vi: 'Tài khoản của trẻ em do cha, mẹ hoặc người giám hộ đăng ký: cần cho biết là ai',
    fix: 'Name the representative as the register has them, with an activated account of level 2 of their own.',
    fixVi: 'Chọn người đại diện theo dữ liệu dân cư; người đó phải có tài khoản [[level-2]] đã kích hoạt.',
  },
  'account-representative-not-kin': {
    status: 422,
    title: 'The register does not have this person as the child’s father, mother or guardian',
    vi: 'Dữ liệu dân cư không ghi người này là cha, mẹ hoặc người giám hộ của trẻ',
    fix:
      'Choose whom the register names, or propose a correction with the birth certificate or the decision on ' +
      'guardianship first.',
    fixVi:
      'Chọn người có trong dữ liệu dân cư, hoặc đề nghị chỉnh sửa trước, kèm giấy khai sinh hoặc quyết định giám hộ.',
  },
  'account-representative-not-living': {
    status: 422,
    title: 'The register does not have the representative as alive',
    vi: 'Theo dữ liệu dân cư, người đại diện không còn sống',
    fix: 'Choose another parent or a guardian; if the register is wrong, propose a correction first.',
    fixVi: 'Chọn cha, mẹ còn lại hoặc người giám hộ; nếu dữ liệu dân cư sai, đề nghị chỉnh sửa trước.',
  },
  'account-representative-under-age': {
    status: 422,
    title: 'The representative is not eighteen yet',
    vi: 'Người đại diện chưa đủ 18 tuổi',
    fix: 'Choose another parent or a guardian who is of age.',
    fixVi: 'Chọn cha, mẹ còn lại hoặc người giám hộ đã đủ 18 tuổi.',
  },
  'account-representative-no-account': {
    status: 422,
    title: 'The representative has no activated account of level 2, by which they confirm for the child',
    vi: 'Người đại diện chưa có tài khoản [[level-2]] đã kích hoạt để xác nhận cho trẻ',
    fix:
      'Have the representative’s own account raised to level 2 and activated, ' +
      'then ask for the child’s at the counter; no new capture is needed.',
    fixVi:
      'Người đại diện nâng tài khoản của mình lên [[level-2]] và kích hoạt, rồi đăng ký cho trẻ tại ' +
      'bộ phận tiếp nhận; không phải thu nhận lại.',
  },
  'account-by-representative': {
    status: 422,
    title: 'A child’s account is asked for by father, mother or guardian',
    vi: 'Tài khoản của trẻ em do cha, mẹ hoặc người giám hộ đăng ký',
    fix:
      'A parent or guardian with an activated account of level 2 signs in to their own page and asks for level 1 ' +
      'under the children; for level 2, come together with the child to any commune police.',
    fixVi:
      'Cha, mẹ có tài khoản [[level-2]] đã kích hoạt: đăng ký [[level-1]] cho con ở trang của mình; [[level-2]]: ' +
      'cùng con đến công an xã, phường bất kỳ.',
  },
  'account-phones-differ': {
    status: 400,
    title: 'The phone was typed twice, and differs',
    vi: 'Hai lần nhập số điện thoại không khớp nhau',
    fix: 'Type it twice, as the holder reads it from their phone.',
    fixVi: 'Nhập lại cả hai lần, theo số người dân đọc trên máy của họ.',
  },
  'account-phone-same': {
    status: 409,
    title: 'The account has this phone already',
    vi: 'Tài khoản đang dùng đúng số này',
    fix: 'Nothing is to be changed. If no message comes, hand out a slip.',
    fixVi: 'Không cần đổi. Nếu không nhận được tin nhắn, cấp phiếu kích hoạt.',
  },
  'account-held': {
    status: 409,
    title: 'After a reset by slip the account takes no new phone, passkey, app or recovery codes for a time',
    vi: 'Sau khi đặt lại bằng phiếu, tài khoản chưa nhận số điện thoại, passkey, ứng dụng hay mã dự phòng mới',
    fix:
      '"until" says how long. Another officer than the one who printed the slip ends it at once, ' +
      'with the holder and their card at the counter.',
    fixVi:
      '"until" là thời điểm hết hạn chờ. Cán bộ khác với người in phiếu có thể kết thúc ngay, ' +
      'khi công dân có mặt cùng thẻ tại bộ phận tiếp nhận.',
  },
  'account-not-held': {
    status: 409,
    title: 'No waiting time after a slip runs for this account',
    vi: 'Tài khoản này không trong thời gian chờ sau khi dùng phiếu',
    fix: 'Reload the page; it is over, was ended by another officer, or the holder stopped the slip.',
    fixVi: 'Tải lại trang; thời gian chờ đã hết, đã được kết thúc, hoặc công dân đã dừng phiếu.',
  },
  'account-activation-over': {
    status: 409,
    title: 'The days to activate the account are over',
    vi: 'Đã quá thời hạn kích hoạt tài khoản',
    fix: `Call ${hotline} or come to a police office; the activation is opened anew.`,
    fixVi: `Gọi ${hotline} hoặc đến công an để mở lại việc kích hoạt.`,
  },
  'account-reopen-refused': {
    status: 409,
    title: 'The activation of this account need not be opened anew',
    vi: 'Việc kích hoạt tài khoản này không cần mở lại',
    fix: '"state" and "activateBy" say where it stands: it is open until that day, or over.',
    fixVi: '"state" và "activateBy" cho biết: đang mở đến ngày đó, hoặc đã xong.',
  },
  'account-raise-open': {
    status: 409,
    title: 'Level 2 was asked for already, and waits to be decided',
    vi: 'Đã có yêu cầu nâng lên [[level-2]], đang chờ duyệt',
    fix: 'Wait for the decision; it stands on the page of the account.',
    fixVi: 'Chờ quyết định; xem trên trang của tài khoản.',
  },
  'account-card-not-shown': {
    status: 409,
    title: 'This is not the serial of the holder’s card in force',
    vi: 'Số sê-ri này không phải của thẻ còn hiệu lực của người giữ tài khoản',
    fix: 'Scan the card that the holder has brought. A lost or expired card is renewed first.',
    fixVi: 'Quét đúng thẻ người dân mang đến. Thẻ mất hoặc hết hạn thì cấp lại trước.',
  },
  'account-caller-unknown': {
    status: 409,
    title: 'What the caller says does not show that they are the holder',
    vi: 'Thông tin người gọi nói chưa đủ để biết đó là người giữ tài khoản',
    fix:
      'The birth date and one thing more must fit, and nothing may be wrong. ' +
      'Otherwise the holder comes to a counter.',
    fixVi:
      'Ngày sinh và ít nhất một thông tin khác phải đúng, không thông tin nào sai. ' +
      'Nếu không, mời người dân đến trực tiếp.',
  },
  'account-locked-so': {
    status: 409,
    title: 'The account is locked for this reason already',
    vi: 'Tài khoản đã khóa vì lý do này',
    fix: 'Nothing is to be done; its locks stand on its page.',
    fixVi: 'Không cần làm gì thêm; các lý do khóa ghi trên trang của tài khoản.',
  },
  'account-demand-unknown': {
    status: 404,
    title: 'There is no such request among those you may see',
    vi: 'Không có đề nghị này trong phạm vi anh/chị được xem',
    fix: 'Open it from the page of the account.',
    fixVi: 'Mở từ trang của tài khoản.',
  },
  'account-demand-open': {
    status: 409,
    title: 'The same was asked for already, and waits to be decided',
    vi: 'Đã có đề nghị như vậy, đang chờ quyết định',
    fix: 'It stands on the page of the account, with its last day.',
    fixVi: 'Xem trên trang của tài khoản, kèm hạn quyết định.',
  },
  'account-demand-decided': {
    status: 409,
    title: 'This was decided or forwarded already',
    vi: 'Đề nghị này đã được quyết định hoặc chuyển đi',
    fix: 'Reload the page; somebody has just done so.',
    fixVi: 'Tải lại trang; có người vừa xử lý.',
  },
  'account-demand-not-forwarded': {
    status: 409,
    title: 'The request of an agency is forwarded before it is decided',
    vi: 'Đề nghị của cơ quan phải được chuyển đi trước khi quyết định',
    fix: 'Forward it first; the receiving unit has one working day.',
    fixVi: 'Chuyển đề nghị trước; nơi tiếp nhận có 1 ngày làm việc.',
  },
  'account-agency-needed': {
    status: 400,
    title: 'Say which agency asks, and by which document',
    vi: 'Cần ghi cơ quan đề nghị và số, ngày văn bản',
    fix: 'Write both as they stand on form TK03.',
    fixVi: 'Ghi như trên mẫu TK03.',
  },
  'account-unlock-not-yet': {
    status: 409,
    title: 'A reason for which the account is locked still stands',
    vi: 'Lý do khóa tài khoản vẫn còn',
    fix:
      '"needs" says what must be so first: a card in force in the holder’s hands, a phone of their own, ' +
      'the agency’s own request, or the register’s correction.',
    fixVi:
      '"needs" cho biết cần gì trước: thẻ còn hiệu lực đã trả, số điện thoại riêng, ' +
      'đề nghị của chính cơ quan đó, hoặc chỉnh sửa dữ liệu dân cư.',
  },
  'account-refusal-unknown': {
    status: 400,
    title: 'There is no such reason to refuse',
    vi: 'Không có lý do từ chối này',
    fix: 'Choose one of the list; anything else is said in the note.',
    fixVi: 'Chọn trong danh sách; điều khác ghi ở phần ghi chú.',
  },
  'account-portrait-unknown': {
    status: 404,
    title: 'There is no such portrait',
    vi: 'Không có ảnh này',
    fix: 'Only requests from the web come with a portrait; a card that was not made here has none either.',
    fixVi: 'Chỉ yêu cầu gửi trên mạng mới kèm ảnh; thẻ không in tại đây cũng không có ảnh.',
  },
  'account-portrait-to-compare': {
    status: 409,
    title: 'A request from the web is approved one by one, with its portrait held beside the card’s',
    vi: 'Yêu cầu gửi trên mạng phải duyệt từng người, sau khi so ảnh gửi kèm với ảnh trên thẻ',
    fix: 'Open the account, compare the two portraits, then approve it there.',
    fixVi: 'Mở tài khoản, so hai ảnh, rồi duyệt tại đó.',
  },
  'account-face-differs': {
    status: 409,
    title: 'The face of the portrait that was sent differs from the card’s',
    vi: 'Khuôn mặt trong ảnh gửi kèm khác với ảnh trên thẻ',
    fix: 'Refuse the request, or say in words why both are of one person.',
    fixVi: 'Từ chối yêu cầu, hoặc ghi rõ vì sao hai ảnh là cùng một người.',
  },
  'account-card-not-in-hand': {
    status: 409,
    title: 'Level 1 is asked for on the web with a chip card in force',
    vi: 'Đăng ký [[level-1]] trên mạng cần có [[chip-card]] còn hiệu lực',
    fix: 'Come to a police office: the card is applied for there, and the account together with it.',
    fixVi: 'Đến công an để làm thẻ; tài khoản được đăng ký cùng lúc.',
  },
  'account-too-many': {
    status: 413,
    title: 'That many are not approved at once',
    vi: 'Không duyệt được nhiều như vậy trong một lần',
    fix: '"most" says how many; choose fewer.',
    fixVi: '"most" là số nhiều nhất một lần; chọn ít hơn.',
  },
})
