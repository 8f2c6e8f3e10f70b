/** Why a centre rejects an order: the codes of its report, each in the words that officers read. Pure. */
export const rejectReasons = {
  'portrait-unusable': 'Ảnh chân dung không dùng được',
  'signature-unusable': 'Chữ ký không dùng được',
  'fingerprint-unusable': 'Vân tay không dùng được',
  'data-inconsistent': 'Thông tin đặt in không khớp nhau',
  'number-not-in-force': 'Số định danh không có hiệu lực',
  'card-in-force': 'Người này đang có thẻ khác do trung tâm cấp',
  'made-badly': 'Thẻ in hỏng',
  other: 'Lý do khác',
} as const

export type RejectReason = keyof typeof rejectReasons

export const isRejectReason = (code: string): code is RejectReason => Object.hasOwn(rejectReasons, code)
