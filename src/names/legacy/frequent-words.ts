/**
 * Frequent name words, lower case, in the older tone placement. They weigh doubtful readings against each other; a name
 * without them is not penalised.
 */
const families = `an bùi cao châu chu đàm đào đặng đinh đoàn đỗ doãn dương giang giàng hà hồ hoàng huỳnh hứa khổng kiều
  kim la lã lại lâm lê lò lương lưu lý ma mã mạc mai nghiêm ngô nguyễn ninh nông phạm phan phí phùng quách quàng tạ
  tăng thái thạch thân thào tô tôn tống trần triệu trịnh trương tằng từ văn vàng vi võ vũ vừ vương chìu voòng lỷ sùng
  đồng ngọ bàn lục đậu hầu uông vì cà`

const others = `ái anh ánh ân ấn bách bảo bắc băng bằng bích biên bình ca cảnh căn cẩm chi chí chiến chinh chính chung
  chương công cúc cường danh dân diễm diệp diệu dung duy duyên dũng đại đan đạt đăng điền điệp đình định đoan đông đức
  gấm gia giao hạ hải hạnh hào hảo hân hằng hậu hiên hiền hiển hiếu hiệp hoa hòa hoài hoan hoàn hồng hợp huân huấn huế
  huệ huy huyền hùng hương hường hưng hữu khang khanh khánh khải khiêm khoa khôi khuê khuyên kiên kiệt kỳ kỷ lam lan
  lành lân lập lệ liên liễu linh loan long lộc lợi luân luyến lực lượng ly mạnh mận mẫn mến minh mơ mùi mỹ my nam năm
  nga ngà ngân nghị nghĩa ngọc nguyên nguyệt nhàn nhã nhân nhật nhi nhiên như nhung nương oanh phát phi phong phú phúc
  phước phương phượng phụng quang quân quế quốc quý quyên quyền quyết quỳnh sang sáng sen sinh sĩ sơn sương sỹ tài tâm
  tân tấn thanh thành thảo thăng thắng thắm thế thi thị thiên thiện thịnh thoa thọ thông thơ thơm thu thuần thuận thúy
  thùy thủy thư thương thy tiên tiến tín tình tính toàn toản trà trang trâm trân tri trí trinh trọng trung trúc trường
  tuân tuấn tuệ tuyên tuyết tuyến tùng tú tường uyên uyển út vân viên viết việt vinh vĩnh vui vượng vy xuân xuyến ý yên
  yến`

export const heardWords: ReadonlySet<string> = new Set(`${families} ${others}`.split(/\s+/))
