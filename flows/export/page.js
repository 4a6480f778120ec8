// Opens and closes every arrow at once, goes to the next one by j and k, and opens all for a printer.
const rows = [...document.querySelectorAll('details.row')]
const all = document.getElementById('all')
const button = document.createElement('button')
button.type = 'button'
const name = () => { button.textContent = rows.every(row => row.open) ? all.dataset.shut : all.dataset.open }
button.onclick = () => {
  const open = !rows.every(row => row.open)
  rows.forEach(row => { row.open = open })
  name()
}
rows.forEach(row => row.addEventListener('toggle', name))
all.append(button)
name()
addEventListener('keydown', event => {
  const step = { j: 1, k: -1 }[event.key]
  if (!step || event.ctrlKey || event.metaKey || event.altKey) return
  const here = rows.findIndex(row => row.contains(document.activeElement))
  rows[Math.max(0, Math.min(rows.length - 1, here + step))].firstElementChild.focus()
})
let closed = []
addEventListener('beforeprint', () => { closed = rows.filter(row => !row.open); closed.forEach(row => { row.open = true }) })
addEventListener('afterprint', () => closed.forEach(row => { row.open = false }))
