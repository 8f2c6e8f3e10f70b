/** A residence is corrected, or referred to the unit where the person lives. */
export const residenceWords = {
  'residence-correct': ['Đề nghị chỉnh sửa nơi cư trú', 'Correct the residence'],
  'residence-correct-title': ['Chỉnh sửa nơi cư trú của {name}', 'Correct the residence of {name}'],
  'residence-correct-about': [
    'Theo tờ khai CT01. Nếu người này cư trú ở nơi khác, đề nghị được chuyển đến công an nơi đó; ' +
      'một cán bộ khác tại đó quyết định.',
    'On form CT01. Where the person lives elsewhere, it is referred to the police there; ' +
      'another officer there decides.',
  ],
  'residence-which': ['Loại cư trú', 'Kind of residence'],
  'residence-commune': ['Xã, phường', 'Commune'],
  'residence-address': ['Địa chỉ', 'Address'],
  'residence-address-hint': ['Số nhà, đường, tổ, khu.', 'House, street, quarter.'],
  'residence-from': ['Từ ngày', 'Since'],
  'residence-from-hint': ['Ngày bắt đầu cư trú, không sau hôm nay.', 'The day on which it began, not after today.'],
  'residence-reason': ['Lý do (không bắt buộc)', 'Reason (optional)'],
  'residence-send': ['Gửi đề nghị', 'Send'],
  'field-residence_permanent': ['Nơi thường trú', 'Permanent residence'],
  'field-residence_temporary': ['Nơi tạm trú', 'Temporary residence'],
  'field-residence_current': ['Nơi ở hiện tại', 'Present residence'],
  'field-residence.permanent': ['Nơi thường trú', 'Permanent residence'],
  'field-residence.temporary': ['Nơi tạm trú', 'Temporary residence'],
  'field-residence.current': ['Nơi ở hiện tại', 'Present residence'],
} as const

type ResidenceWords = typeof residenceWords
declare module '../base/language.tsx' {
  interface Texts extends ResidenceWords {}
}
