/** Where not even the texts of the frame came: what index.html has for it, in both languages. */
export function sayNothingCame(): void {
  const note = document.getElementById('nothing-came')
  if (!note) return
  note.hidden = false
  note.querySelector('button')?.addEventListener('click', () => location.reload())
}
