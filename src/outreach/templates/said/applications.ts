import type { Templates } from './template.ts'

/** What is said of applications for a card. */
export const applicationTemplates = {
  'application-received': {
    facts: { person: 'person', receipt: 'code', unit: 'place', page: 'page' },
    vi: {
      subject: 'Đã tiếp nhận hồ sơ {receipt}',
      text: [
        '{unit} đã tiếp nhận hồ sơ cấp {card} của công dân {person}.',
        'Mã giấy hẹn: {receipt}',
        'Ông/bà xem được hồ sơ đang ở bước nào vào bất cứ lúc nào, không cần đến trụ sở để hỏi.',
      ],
      phone: '{unit} đã tiếp nhận hồ sơ {receipt} cấp {card} của công dân {person}.',
    },
    en: {
      subject: 'Application {receipt} has been received',
      text: [
        '{unit} has received the application for the {card} of {person}.',
        'Receipt: {receipt}',
        'You can see at any time how far it has come; there is no need to come and ask.',
      ],
      phone: '{unit} has received application {receipt} for the {card} of {person}.',
    },
  },
  'application-returned': {
    facts: { person: 'person', receipt: 'code', reason: 'words', unit: 'place', by: 'day', page: 'page' },
    vi: {
      subject: 'Hồ sơ {receipt} cần được hoàn thiện',
      text: [
        'Hồ sơ {receipt} cấp {card} của công dân {person} được trả lại để hoàn thiện.',
        'Lý do: {reason}',
        'Đơn vị xử lý tiếp: {unit}',
        'Hạn xử lý: ngày {by}',
        'Hồ sơ vẫn được lưu; ông/bà không phải nộp lại từ đầu.',
      ],
      phone:
        'Hồ sơ {receipt} của công dân {person} được trả lại để hoàn thiện. Lý do: {reason}. ' +
        '{unit} xử lý tiếp, hạn {by}. Không phải nộp lại từ đầu.',
    },
    en: {
      subject: 'Application {receipt} has to be completed',
      text: [
        'Application {receipt} for the {card} of {person} was returned to be completed.',
        'Reason: {reason}',
        'Who acts: {unit}',
        'By: {by}',
        'The application is kept; you do not have to begin again.',
      ],
      phone:
        'Application {receipt} of {person} was returned to be completed. Reason: {reason}. {unit} acts by {by}. ' +
        'You need not begin again.',
    },
  },
  'application-refused': {
    facts: { person: 'person', receipt: 'code', reason: 'words', form: 'code', unit: 'place', page: 'page' },
    vi: {
      subject: 'Kết quả giải quyết hồ sơ {receipt}',
      text: [
        'Hồ sơ {receipt} cấp {card} của công dân {person} không được giải quyết.',
        'Lý do: {reason}',
        'Ông/bà nhận văn bản thông báo (mẫu {form}) tại {unit}.',
        'Nếu thấy chưa đúng, ông/bà có quyền đề nghị đơn vị này giải thích, hoặc khiếu nại. ' +
          'Khi đủ điều kiện, ông/bà nộp hồ sơ mới bất cứ lúc nào.',
      ],
      phone:
        'Hồ sơ {receipt} của công dân {person} không được giải quyết. Lý do: {reason}. ' +
        'Nhận thông báo (mẫu {form}) và hỏi thêm tại {unit}.',
    },
    en: {
      subject: 'The outcome of application {receipt}',
      text: [
        'Application {receipt} for the {card} of {person} could not be granted.',
        'Reason: {reason}',
        'The written notice (form {form}) is handed out at {unit}.',
        'If you think that this is not right, you may ask this unit to explain it, or complain. ' +
          'Once the conditions are met, you may apply anew at any time.',
      ],
      phone:
        'Application {receipt} of {person} could not be granted. Reason: {reason}. ' +
        'The notice (form {form}) and more are at {unit}.',
    },
  },
} as const satisfies Templates
