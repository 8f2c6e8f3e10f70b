import { problems } from '../../platform/problem.ts'

export const personalisationProblem = problems({
  'batch-not-made-here': {
    status: 409,
    title: 'The cards of this batch are made by a centre, and their chips too',
    vi: 'Thẻ của mẻ này do trung tâm sản xuất, chip cũng vậy',
    fix: 'Send its orders with card orders; or plan a batch with card batch --maker house.',
    fixVi: 'Gửi đơn bằng card orders; hoặc lập mẻ in tại chỗ bằng card batch --maker house.',
  },
  'signer-changed': {
    status: 409,
    title: 'Another document signer was issued while the batch was personalised',
    vi: 'Đã cấp người ký giấy tờ mới trong khi đang ghi chip của mẻ',
    fix: 'What was written is right. Run the command again with another folder: the rest is signed by the new one.',
    fixVi: 'Phần đã ghi vẫn đúng. Chạy lại lệnh với thư mục khác: phần còn lại do người ký mới ký.',
  },
})
