/** Opening an account at the desk, and who represents a child. */
export const childAccountWords = {
  'open-account': ['Đăng ký tài khoản mới', 'Ask for a new account'],
  'open-account-number': ['Số định danh của người xin tài khoản', 'Number of whoever asks'],
  'open-account-for': ['Đăng ký tài khoản cho {name}', 'Ask for an account for {name}'],
  'open-account-means': [
    'Người dân có mặt và đồng ý (mẫu TK01). Cán bộ khác duyệt.',
    'They are present and agree (form TK01). Another officer decides.',
  ],
  'open-account-child-means': [
    'Trẻ dưới 14 tuổi cùng cha, mẹ hoặc người giám hộ có mặt và đồng ý (mẫu TK01). ' +
      'Tài khoản dùng số điện thoại của người đại diện. Cán bộ khác duyệt.',
    'A child below fourteen is present with a parent or guardian, who agrees (form TK01). ' +
      'The account has the representative’s phone. Another officer decides.',
  ],
  'open-account-none': [
    'Theo luật tại ngày này, trẻ dưới 14 tuổi chưa có tài khoản riêng.',
    'By the law of the day a child below fourteen has no account of their own.',
  ],
  'open-account-taken': [
    'Đã tiếp nhận đăng ký tài khoản. Cán bộ khác quyết định; việc đã xong nên hồ sơ của người này đã đóng.',
    'The request for an account is taken, and another officer decides it. The work is done, so their record is closed.',
  ],
  'open-account-next': ['Tiếp nhận người tiếp theo', 'Serve the next person'],
  'open-account-outside': [
    'Người này thuộc địa bàn khác. Tra cứu số ở trang Dân cư, xin mã đồng ý của họ, rồi đăng ký ở trang của họ.',
    'They are of another unit. Look the number up under Register, ask them to consent, and go on at their page.',
  ],
  'open-account-level': ['Mức đăng ký', 'Level'],
  'open-account-phone': ['Điện thoại của chính người này (có thể để trống)', 'Their own phone (may be left empty)'],
  'representative-who': ['Người đại diện', 'Representative'],
  'representative-choose': ['Chọn theo dữ liệu dân cư', 'Choose from the register'],
  'representative-by-number': ['Nhập số định danh', 'By number'],
  'representative-number': ['Số định danh của cha, mẹ hoặc người giám hộ', 'Number of the parent or guardian'],
  'representative-number-hint': [
    'Với trẻ dưới 14 tuổi xin tài khoản. Tài khoản dùng số điện thoại của người này.',
    'For a child below fourteen who asks for an account, which has this person’s phone.',
  ],
  'representative-is': ['{relation}: {name}', '{relation}: {name}'],
  'representative-unfit': ['{who}: {why}', '{who}: {why}'],
  'representative-none-fit': [
    'Chưa ai trong dữ liệu dân cư đủ điều kiện đại diện.',
    'Nobody in the register can act for the child yet.',
  ],
  'unfit-not-in-register': ['dữ liệu dân cư chỉ có tên, chưa rõ là ai', 'the register has a name alone'],
  'unfit-not-living': ['không còn sống', 'not alive'],
  'unfit-under-age': ['chưa đủ 18 tuổi', 'not eighteen yet'],
  'unfit-no-account': ['chưa có tài khoản [[level-2]] đã kích hoạt', 'has no activated account of level 2'],
} as const satisfies Record<string, readonly [vi: string, en: string]>

type ChildAccountWords = typeof childAccountWords
declare module '../base/language.tsx' {
  interface Texts extends ChildAccountWords {}
}
