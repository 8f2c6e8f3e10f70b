/** What officers are told of their own record, in `officer-changed` (src/outreach/templates/templates.ts). */
export type MessageWords = { readonly vi: string; readonly en: string }

export const onPaper: MessageWords = {
  vi: 'một giấy để đặt lại cách đăng nhập của cán bộ đã được cấp và sẽ được trao tận tay',
  en: 'a paper to choose how you sign in was granted and will be handed over in person',
}

export const linkUsed: MessageWords = {
  vi: 'một đường liên kết đã được dùng để đặt lại cách đăng nhập của cán bộ',
  en: 'a link was used to choose anew how you sign in',
}

export const contactReplaced: MessageWords = {
  vi: 'số điện thoại hoặc địa chỉ thư trên hồ sơ cán bộ đã được hai cán bộ thay bằng số, địa chỉ khác',
  en: 'two officers replaced the phone or e-mail address on your record',
}

export const signInWords = {
  'session.began': {
    vi: 'có người vừa đăng nhập bằng tài khoản cán bộ trên một trình duyệt chưa từng dùng',
    en: 'somebody signed in as you in a browser that you had never used',
  },
  'sign-in.refused': {
    vi: 'có người đăng nhập đúng bước thứ nhất bằng tên cán bộ nhưng sai bước thứ hai, trên một trình duyệt lạ',
    en: 'somebody got past the first step of your sign-in and not the second, in a browser that you had never used',
  },
} as const satisfies Record<string, MessageWords>

export const afterAbsenceWords: MessageWords = {
  vi: 'có người vừa đăng nhập bằng tài khoản cán bộ sau thời gian dài không dùng',
  en: 'somebody signed in as you after a long time in which you had not',
}

export const factorWords = {
  'officer-factor.added': {
    vi: 'một cách xác nhận bước thứ hai đã được thêm vào tài khoản cán bộ',
    en: 'a second factor was added to how you sign in',
  },
  'officer-factor.removed': {
    vi: 'một cách xác nhận bước thứ hai đã bị bỏ khỏi tài khoản cán bộ',
    en: 'a second factor was removed from how you sign in',
  },
} as const satisfies Record<string, MessageWords>

/** Of one that opens nothing yet. */
export const restingWords = (from: string): MessageWords => ({
  vi: `một cách xác nhận bước thứ hai đã được thêm bằng mã qua thư, dùng được từ ${from}; không phải mình thì bỏ ngay`,
  en: `a second factor was added by a code by mail and is good from ${from}; remove it now if it is not yours`,
})
