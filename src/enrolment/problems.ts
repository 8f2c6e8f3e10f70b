import { problems } from '../platform/problem.ts'

/**
 * Refusals of stations and packets. A quarantined or refused packet has one of these codes; the page of each says what
 * to do.
 */
export const stationProblem = problems({
  'station-unknown': {
    status: 404,
    title: 'No station with this id is registered here',
    vi: 'Chưa có trạm nào đăng ký với mã này',
    fix: 'Sign in at the station and register it; packets on it are kept meanwhile.',
    fixVi: 'Đăng nhập tại trạm và đăng ký lại; các gói trên máy vẫn được giữ.',
  },
  'station-revoked': {
    status: 403,
    title: 'This station has been revoked',
    vi: 'Trạm này đã bị thu hồi',
    fix:
      'Use another station. What it had told of before is still taken, by network or USB; ' +
      'all else waits for an officer.',
    fixVi:
      'Dùng trạm khác. Hồ sơ đã báo về trước khi thu hồi vẫn gửi được qua mạng hoặc USB; ' +
      'hồ sơ khác chờ cán bộ xem xét.',
  },
  'station-key-known': {
    status: 409,
    title: 'This key is already that of another station',
    vi: 'Khóa này đã là khóa của trạm khác',
    fix: 'Let the browser make a new key and register again.',
    fixVi: 'Tạo khóa mới trên trình duyệt rồi đăng ký lại.',
  },
  'station-key-invalid': {
    status: 400,
    title: 'This is no public key of the curve P-256',
    vi: 'Đây không phải là khóa công khai của đường cong P-256',
    fix: 'Let the browser make a new key and register again.',
    fixVi: 'Tạo khóa mới trên trình duyệt rồi đăng ký lại.',
  },
  'manifest-refused': {
    status: 400,
    title: 'The station’s list of packets is not signed by that station, or cannot be read',
    vi: 'Danh sách gói không do trạm này ký, hoặc không đọc được',
    fix: 'Send it from the station that made it; nothing was changed.',
    fixVi: 'Gửi lại từ đúng trạm đã lập; chưa có gì thay đổi.',
  },
  'packet-not-told': {
    status: 409,
    title: 'The station has not told of this packet',
    vi: 'Trạm chưa khai báo gói này',
    fix: 'Send the list of packets first.',
    fixVi: 'Gửi danh sách gói trước.',
  },
  'packet-offset-wrong': {
    status: 409,
    title: 'This piece does not join on to what is here',
    vi: 'Phần gửi không nối tiếp phần đã nhận',
    fix: '"offset" is the byte from which on it is wanted.',
    fixVi: '"offset" là vị trí cần gửi tiếp.',
  },
  'packet-too-large': {
    status: 413,
    title: 'The packet, or a picture in it, is larger than is taken',
    vi: 'Gói, hoặc ảnh trong gói, lớn hơn mức nhận',
    fix:
      'The pictures must be taken anew and smaller; the packet stays at the station until the person was captured ' +
      'again.',
    fixVi: 'Chụp lại ảnh nhỏ hơn; gói cũ vẫn ở trạm đến khi thu nhận lại xong.',
  },
  'packet-hash-differs': {
    status: 422,
    title: 'What arrived is not what the station told of',
    vi: 'Nội dung nhận được khác với khai báo của trạm',
    fix: 'It was damaged on the way; send it again.',
    fixVi: 'Gói bị hỏng trên đường truyền; gửi lại.',
  },
  'packet-unreadable': {
    status: 422,
    title: 'This is no packet of a station',
    vi: 'Đây không phải gói hồ sơ của trạm',
    fix: 'Send it again; if it stays so, capture the person again. The packet stays at the station.',
    fixVi: 'Gửi lại; nếu vẫn vậy thì thu nhận lại. Gói vẫn ở trạm.',
  },
  'packet-signature-wrong': {
    status: 422,
    title: 'The packet is not signed by the station that sends it, or was changed afterwards',
    vi: 'Gói không do trạm này ký, hoặc đã bị sửa',
    fix: 'It is not taken. The original stays at the station that made it: send it from there.',
    fixVi: 'Không nhận gói này. Bản gốc còn ở trạm đã lập: gửi lại từ trạm đó.',
  },
  'packet-foreign-station': {
    status: 422,
    title: 'The packet belongs to another station',
    vi: 'Gói thuộc trạm khác',
    fix: 'Send it from its own station, or as a file of that station.',
    fixVi: 'Gửi từ đúng trạm, hoặc bằng tệp của trạm đó.',
  },
  'packet-foreign-key': {
    status: 422,
    title: 'The packet is encrypted to another centre',
    vi: 'Gói được mã hóa cho trung tâm khác',
    fix: 'It is kept. Bring the key of that centre, or capture the person again.',
    fixVi: 'Gói được giữ lại. Nạp khóa của trung tâm đó, hoặc thu nhận lại.',
  },
  'packet-undecryptable': {
    status: 422,
    title: 'The packet cannot be opened',
    vi: 'Không mở được gói',
    fix: 'It is kept. The person must be captured again.',
    fixVi: 'Gói được giữ lại. Cần thu nhận lại.',
  },
  'packet-infected': {
    status: 422,
    title: 'The virus scanner found something in a picture of the packet, so it was not read',
    vi: 'Phần mềm diệt virus phát hiện mã độc trong ảnh của gói nên gói không được đọc',
    fix: 'It is kept sealed. Clean the station, and capture the person again. Releasing it has it scanned again.',
    fixVi: 'Gói được giữ ở dạng niêm phong. Quét virus trạm rồi thu nhận lại. Nếu cho qua, gói sẽ được quét lại.',
  },
  'packet-chain-broken': {
    status: 409,
    title: 'The packet names another predecessor than the one that is here',
    vi: 'Gói trước của gói này không khớp với gói đã nhận',
    fix: 'The station’s store was set back or copied. Look at both packets, then release this one or set it aside.',
    fixVi: 'Bộ nhớ của trạm bị khôi phục hoặc sao chép. Xem cả hai gói, rồi cho qua hoặc để riêng.',
  },
  'packet-counter-reused': {
    status: 409,
    title: 'Another packet of this station has the same number',
    vi: 'Trạm đã có gói khác mang số này',
    fix: 'The station’s store was set back or copied. Look at both packets, then release this one or set it aside.',
    fixVi: 'Bộ nhớ của trạm bị khôi phục hoặc sao chép. Xem cả hai gói, rồi cho qua hoặc để riêng.',
  },
  'capture-unreadable': {
    status: 422,
    title: 'What is in the packet is not a capture as it should be',
    vi: 'Nội dung gói không đúng mẫu thu nhận',
    fix: 'It is kept. Update the station, and capture the person again.',
    fixVi: 'Gói được giữ lại. Cập nhật trạm rồi thu nhận lại.',
  },
  'clock-off': {
    status: 409,
    title: 'The station’s clock was wrong when it captured',
    vi: 'Đồng hồ của trạm sai khi thu nhận',
    fix: 'Say on which day it was, and release it; set the station’s clock right.',
    fixVi: 'Ghi đúng ngày thu nhận rồi cho qua; chỉnh lại đồng hồ của trạm.',
  },
  'officer-not-entitled': {
    status: 409,
    title: 'The officer who captured had no right to at that time',
    vi: 'Cán bộ thu nhận không còn quyền vào thời điểm đó',
    fix: 'Find out how it came about, then release it or have the person captured again.',
    fixVi: 'Làm rõ sự việc, rồi cho qua hoặc thu nhận lại.',
  },
  'person-unresolved': {
    status: 409,
    title: 'It is not clear whom of the register this is',
    vi: 'Chưa rõ người này là ai trong dữ liệu dân cư',
    fix: 'Compare, and say who it is; where there is no record, collect one first (DC01).',
    fixVi: 'Đối chiếu và chọn đúng người; nếu chưa có dữ liệu thì thu thập trước (DC01).',
  },
  'person-undeclared': {
    status: 409,
    title: 'The person has no number; one is asked for with what the station took down',
    vi: 'Người này chưa có số định danh; đã đề nghị xác lập theo phiếu lập ở trạm',
    fix: 'A second officer decides the request (DC01); with the number the application goes on by itself.',
    fixVi: 'Cán bộ thứ hai quyết định phiếu DC01; có số thì hồ sơ tự đi tiếp.',
  },
  'number-asked-already': {
    status: 409,
    title: 'For somebody of this name and birth date a number is asked for already',
    vi: 'Đã có phiếu đề nghị xác lập số cho người cùng họ tên, ngày sinh',
    fix: 'Compare with that request: set this packet aside if it is the same person, or say that it is somebody else.',
    fixVi: 'Đối chiếu với phiếu đó: nếu là cùng một người thì để riêng gói này, nếu là người khác thì ghi rõ.',
  },
  'number-refused': {
    status: 409,
    title: 'The request for a number of this person was refused',
    vi: 'Đề nghị xác lập số của người này đã bị từ chối',
    fix: 'Read why; say who it is, ask again with better papers, or set the packet aside and tell the person.',
    fixVi: 'Xem lý do; chọn đúng người, đề nghị lại với giấy tờ khác, hoặc để riêng và báo cho người dân.',
  },
  'person-turned-away': {
    status: 409,
    title: 'The person had no number and was turned away at the station',
    vi: 'Người chưa có số định danh bị từ chối tiếp nhận tại trạm',
  },
  'landing-failed': {
    status: 500,
    title: 'Something failed here each time an application was to be made of it',
    vi: 'Hệ thống gặp lỗi mỗi lần lập hồ sơ từ gói này',
    fix:
      'It is kept whole. Tell the operator, who finds the fault in the log; ' +
      'once it is mended, release the packet, and it is tried again.',
    fixVi: 'Gói được giữ nguyên. Báo người vận hành tìm lỗi trong nhật ký; sửa xong thì cho qua để hệ thống lập lại.',
  },
  'application-captured-already': {
    status: 409,
    title: 'This application has been captured before, and is not waiting for another capture',
    vi: 'Hồ sơ này đã thu nhận và không chờ thu nhận lại',
    fix: 'Look at both, then set this one aside.',
    fixVi: 'Xem cả hai rồi để riêng gói này.',
  },
  'packet-unknown': {
    status: 404,
    title: 'There is no such packet among those you may see',
    vi: 'Không có gói này trong phạm vi anh/chị được xem',
  },
  'packet-state-refused': {
    status: 409,
    title: 'The packet is not waiting for this',
    vi: 'Gói không ở trạng thái chờ việc này',
    fix: 'Reload the page; someone may have decided it.',
    fixVi: 'Tải lại trang; có thể người khác đã xử lý.',
  },
  'file-unreadable': {
    status: 422,
    title: 'This is no file that a station wrote, or it is cut off',
    vi: 'Đây không phải tệp của trạm, hoặc tệp bị cắt cụt',
    fix: 'Write the file again at the station. Packets before the place where it ends were taken in.',
    fixVi: 'Chép lại tệp từ trạm. Các gói trước chỗ bị cắt đã được nhận.',
  },
})

/** Refusals of applications and of the officers who decide them. */
export const applicationProblem = problems({
  'account-of-ward': {
    status: 422,
    title: 'Of this person under guardianship no guardian is recorded who could ask for the account',
    vi: 'Chưa ghi nhận người giám hộ có thể đề nghị tài khoản cho người này',
    fix: 'The card goes on without it. The guardian comes with the decision: it is recorded, and then the account.',
    fixVi:
      'Hồ sơ thẻ vẫn được giải quyết. Người giám hộ mang quyết định đến công an để ghi nhận, rồi đăng ký tài khoản.',
  },
  'application-unknown': {
    status: 404,
    title: 'There is no such application among those you may see',
    vi: 'Không có hồ sơ này trong phạm vi anh/chị được xem',
    fix: 'Open it from a list.',
    fixVi: 'Mở hồ sơ từ danh sách.',
  },
  'application-move-refused': {
    status: 409,
    title: 'An application in this state cannot go there',
    vi: 'Hồ sơ ở trạng thái này không chuyển như vậy được',
    fix: '"state" is where it is; reload the page, someone may have moved it.',
    fixVi: '"state" là trạng thái hiện tại; tải lại trang, có thể người khác vừa chuyển.',
  },
  'application-under-way': {
    status: 409,
    title: 'The person has an application under way',
    vi: 'Người này đang có hồ sơ được giải quyết',
    fix: 'Go on with that one.',
    fixVi: 'Tiếp tục hồ sơ đó.',
  },
  'child-card-no-law': {
    status: 409,
    title: 'The law of the day gives nobody of this age a card',
    vi: 'Theo quy định tại ngày này, chưa cấp thẻ cho người ở độ tuổi này',
    fix: '"from" is the day from which on a card can be asked for.',
    fixVi: '"from" là ngày bắt đầu được đề nghị cấp thẻ.',
  },
  'child-card-needs-capture': {
    status: 409,
    title: 'The child is old enough to be captured, and comes along',
    vi: 'Trẻ đã đủ tuổi phải thu nhận ảnh khuôn mặt, vân tay',
    fix: 'The child comes with a parent or guardian to a place of capture.',
    fixVi: 'Cha, mẹ hoặc người giám hộ đưa trẻ đến nơi cấp thẻ căn cước.',
  },
  'child-card-number-needed': {
    status: 409,
    title: 'The child has no personal identification number yet',
    vi: 'Trẻ chưa có số định danh cá nhân',
    fix: 'Register the birth first: the registration on the public service portal asks for number and card together.',
    fixVi: 'Đăng ký khai sinh trước: thủ tục liên thông trên cổng dịch vụ công đề nghị cấp số và thẻ cùng lúc.',
  },
  'child-card-not-needed': {
    status: 409,
    title: 'The child has a card, or one is under way',
    vi: 'Trẻ đã có thẻ, hoặc thẻ đang được giải quyết',
    fix: 'Look at the card or the application of the child.',
    fixVi: 'Xem thẻ hoặc hồ sơ của trẻ.',
  },
  'child-card-representative-refused': {
    status: 403,
    title: 'The register does not have this person as father, mother or guardian of the child',
    vi: 'Dữ liệu dân cư chưa ghi người này là cha, mẹ hoặc người giám hộ của trẻ',
    fix: 'Come to the police with a paper that shows it: birth certificate or decision on guardianship.',
    fixVi: 'Đến công an cùng giấy tờ chứng minh: giấy khai sinh hoặc quyết định giám hộ.',
  },
  'child-card-papers-needed': {
    status: 400,
    title: 'The register does not show that this person represents the child',
    vi: 'Dữ liệu dân cư chưa cho biết người này là người đại diện của trẻ',
    fix: 'Write which paper shows it: birth certificate or decision on guardianship, with its number.',
    fixVi: 'Ghi giấy tờ chứng minh: giấy khai sinh hoặc quyết định giám hộ, kèm số.',
  },
  'child-card-address-needed': {
    status: 400,
    title: 'A card by post needs an address',
    vi: 'Nhận thẻ qua bưu chính thì phải có địa chỉ',
    fix: 'Give the address, or have the card handed over at the unit.',
    fixVi: 'Ghi địa chỉ nhận, hoặc chọn nhận tại cơ quan công an.',
  },
  'child-card-home-unknown': {
    status: 409,
    title: 'The register has no place where the child lives',
    vi: 'Dữ liệu dân cư chưa có nơi cư trú của trẻ',
    fix: 'Register the residence of the child first.',
    fixVi: 'Đăng ký cư trú cho trẻ trước.',
  },
  'application-reason-unlawful': {
    status: 422,
    title: 'The law of the day does not know this reason for this kind of request',
    vi: 'Pháp luật tại ngày này không có lý do này cho loại thủ tục đã chọn',
    fix: '"reasons" are those that it knows.',
    fixVi: '"reasons" là các lý do hợp lệ.',
  },
  'application-captured-by-you': {
    status: 403,
    title: 'Nobody approves what they captured',
    vi: 'Người thu nhận không được duyệt hồ sơ của mình',
    fix: 'Another officer with the right decides. What your stand-in did counts as yours.',
    fixVi: 'Cán bộ khác có quyền sẽ duyệt. Việc do người thay mình làm cũng tính là của mình.',
  },
  'application-checks-open': {
    status: 409,
    title: 'Something that was found is not settled yet',
    vi: 'Còn mục kiểm tra chưa được giải quyết',
    fix: '"open" names the checks; settle each, or send the application back.',
    fixVi: '"open" ghi các mục; xử lý từng mục, hoặc trả lại hồ sơ.',
  },
  'application-faces-waiting': {
    status: 409,
    title: 'The face of this capture is still being compared',
    vi: 'Khuôn mặt của hồ sơ này đang được so sánh',
    fix: 'Try again in a minute; nothing was changed.',
    fixVi: 'Thử lại sau một phút; chưa có gì thay đổi.',
  },
  'application-search-waiting': {
    status: 409,
    title: 'All people are still being searched by the pictures of this capture',
    vi: 'Hồ sơ này đang được tra cứu trùng bằng sinh trắc học',
    fix: 'Try again in some minutes; nothing was changed. After some ten minutes without an answer it says so itself.',
    fixVi: 'Thử lại sau ít phút; chưa có gì thay đổi. Quá khoảng mười phút không có trả lời thì hồ sơ sẽ tự ghi rõ.',
  },
  'application-not-captured-here': {
    status: 409,
    title: 'Face and fingers were not captured here, so no card can be ordered here',
    vi: 'Hồ sơ không thu nhận ảnh và vân tay tại đây nên không đặt in thẻ tại đây được',
    fix: 'Capture the person at a station, or wait for the state from the system that did.',
    fixVi: 'Thu nhận tại trạm, hoặc chờ trạng thái từ hệ thống đã thu nhận.',
  },
  'application-content-missing': {
    status: 422,
    title: 'The register lacks something that is printed on the card',
    vi: 'Dữ liệu dân cư còn thiếu nội dung phải in trên thẻ',
    fix:
      '"fields" names what is missing. Send the application back, have the register completed (DC02), ' +
      'then approve it.',
    fixVi: '"fields" là các mục còn thiếu. Trả lại hồ sơ, bổ sung dữ liệu dân cư (DC02), rồi duyệt.',
  },
  'paper-not-for-this': {
    status: 409,
    title: 'There is no such paper of this application',
    vi: 'Hồ sơ này không có loại giấy đã chọn',
    fix:
      'The form and the slip are of what was captured here, the slip while it is under way, ' +
      'the notice of what was refused. "state" is where it is.',
    fixVi:
      'Phiếu thu nhận và giấy hẹn dành cho hồ sơ thu nhận tại đây, giấy hẹn khi hồ sơ đang giải quyết; ' +
      'thông báo dành cho hồ sơ bị từ chối. "state" là trạng thái.',
  },
  'application-needs-papers': {
    status: 400,
    title: 'Say why, in words that the citizen can read',
    vi: 'Cần ghi lý do bằng lời để người dân đọc được',
    fix: 'A reason of at least a few words.',
    fixVi: 'Ghi lý do ngắn gọn.',
  },
  'proposal-unknown': {
    status: 404,
    title: 'There is no such proposal, or it is decided',
    vi: 'Không có đề xuất này, hoặc đã được quyết định',
  },
  'proposal-open': {
    status: 409,
    title: 'A proposal about this application waits for a decision',
    vi: 'Hồ sơ này đang có đề xuất chờ quyết định',
    fix: 'Decide it first.',
    fixVi: 'Quyết định đề xuất đó trước.',
  },
  'proposal-your-own': {
    status: 403,
    title: 'Nobody agrees to what they proposed',
    vi: 'Người đề xuất không được tự đồng ý',
    fix: 'Another officer with the right decides. What your stand-in did counts as yours.',
    fixVi: 'Cán bộ khác có quyền sẽ quyết định. Việc do người thay mình làm cũng tính là của mình.',
  },
  'merge-other-person': {
    status: 409,
    title: 'Only applications of one person are merged',
    vi: 'Chỉ nhập hai hồ sơ của cùng một người',
    fix: 'If the register has this person twice, correct the register first.',
    fixVi: 'Nếu dữ liệu dân cư ghi trùng một người, xử lý dữ liệu dân cư trước.',
  },
  'receipt-unknown': {
    status: 404,
    title: 'The installation does not know this receipt, or not yet',
    vi: 'Hệ thống chưa biết giấy hẹn này',
    fix: 'If it was given to you today, the station may not have sent it yet. Ask the unit whose name is on the paper.',
    fixVi: 'Nếu mới nhận hôm nay, có thể trạm chưa gửi về. Hỏi đơn vị ghi trên giấy hẹn.',
  },
})
