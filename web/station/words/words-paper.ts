/** What is printed. Its headings are those of official paper. */
export const paperWords = {
  nation: ['CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM', 'SOCIALIST REPUBLIC OF VIETNAM'],
  motto: ['Độc lập - Tự do - Hạnh phúc', 'Independence - Freedom - Happiness'],
  'form-sign': ['Mẫu {code} ({version})', 'Form {code} ({version})'],
  'paper-rehearsal': ['TẬP DƯỢT · không có giá trị pháp lý', 'REHEARSAL · of no legal value'],
  'form-title': ['PHIẾU THU NHẬN THÔNG TIN [[IDENTITY]]', 'IDENTITY CAPTURE FORM'],
  'receipt-title': ['GIẤY HẸN TRẢ KẾT QUẢ', 'RECEIPT'],
  'refusal-title': ['THÔNG BÁO VỀ VIỆC TỪ CHỐI GIẢI QUYẾT THỦ TỤC', 'NOTICE OF REFUSAL'],
  'consent-asked': [
    'Đề nghị cấp tài khoản định danh điện tử [[level-2]] ({form}, {version}), số điện thoại {phone}; ' +
      'đã đồng ý lúc {time} ngày {day}.',
    'Account of level 2 asked for ({form}, {version}), phone {phone}; agreed at {time} on {day}.',
  ],
  'no-account': ['Không đề nghị cấp tài khoản định danh điện tử.', 'No electronic identity account is asked for.'],
  'number-none': ['chưa có', 'none yet'],
  'paper-parents': ['Cha, mẹ', 'Parents'],
  'paper-receipt-again': [
    'In lại từ gói đã khóa lúc {time} ngày {day}. Thẻ và tài khoản: xem theo mã tra cứu.',
    'Printed again, of a packet sealed at {time} on {day}. Card and account: see by the code.',
  ],
  'paper-request': ['Yêu cầu', 'Request'],
  'paper-wrong': ['Thông tin người dân báo sai, đề nghị sửa', 'Said to be wrong, to be corrected'],
  'paper-wrong-row': ['{field}: “{said}”, theo {evidence}', '{field}: “{said}”, by {evidence}'],
  'paper-fingers': ['Vân tay', 'Fingerprints'],
  'paper-fingers-taken': ['{n} ngón', '{n} fingers'],
  'paper-fingers-not': ['không thu nhận: {reason}', 'not taken: {reason}'],
  'paper-declares': [
    'Tôi đã đọc lại các thông tin trên và xác nhận là đúng.',
    'I have read the above and confirm that it is right.',
  ],
  'paper-citizen': ['Người đề nghị', 'Applicant'],
  'paper-representative': ['Người đại diện', 'Representative'],
  'paper-officer': ['Cán bộ thu nhận', 'Officer'],
  'paper-signs': ['(ký, ghi rõ họ tên)', '(signature, full name)'],
  'paper-day': ['Ngày {day}, lúc {time}', '{day}, {time}'],
  'paper-place': ['Nơi thu nhận', 'Place'],
  'paper-scan': [
    'Quét mã hoặc đọc mã này khi hỏi; ngày hẹn trả hiện ở đó sau khi hồ sơ được gửi. ' +
      'Không cần đưa mã kích hoạt cho bất kỳ ai.',
    'Scan, or read this code when you ask; the day of the result stands there once this was sent. ' +
      'Nobody needs your activation code.',
  ],
  'paper-states': ['Hai việc được theo dõi riêng:', 'Two things are followed separately:'],
  'paper-asked': ['Đã từ chối đề nghị cấp thẻ của:', 'The request for a card of this person was refused:'],
  'paper-because': ['Lý do', 'Reason'],
  'paper-complain': [
    'Không đồng ý với thông báo này thì hỏi hoặc khiếu nại tại đơn vị ghi ở trên.',
    'Whoever does not agree may ask or complain at the unit above.',
  ],
} as const
