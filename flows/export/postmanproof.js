// The signature Ed25519 (RFC 8032 section 5.1), for which there is no library here.
const field = 2n ** 255n - 19n, order = 2n ** 252n + 27742317777372353535851937790883648493n
const mod = (a, m = field) => ((a % m) + m) % m
const power = (a, n) => { let r = 1n; for (; n > 0n; n >>= 1n, a = mod(a * a)) if (n & 1n) r = mod(r * a); return r }
const curve = mod(-121665n * power(121666n, field - 2n))
const add = ([x, y, z, t], [X, Y, Z, T]) => {
  const a = mod((y - x) * (Y - X)), b = mod((y + x) * (Y + X)), c = mod(2n * t * T * curve), d = mod(2n * z * Z)
  return [(b - a) * (d - c), (d + c) * (b + a), (d - c) * (d + c), (b - a) * (b + a)].map(v => mod(v))
}
const times = n => {
  let sum = [0n, 1n, 1n, 0n]
  let p = [15112221349535400772501151409588531511454012693041857206046113283949847762202n, mod(4n * power(5n, field - 2n)), 1n]
  for (p.push(mod(p[0] * p[1])); n > 0n; n >>= 1n, p = add(p, p)) if (n & 1n) sum = add(sum, p)
  return sum
}
const flip = hex => hex.match(/../g).reverse().join('')
const number = hex => BigInt('0x' + flip(hex))
const bytes32 = n => flip(n.toString(16).padStart(64, '0'))
const point = ([x, y, z]) => { const w = power(z, field - 2n); return bytes32(mod(y * w) | (mod(x * w) & 1n) << 255n) }
const crypto = require('crypto-js')
const hash = hex => crypto.SHA512(crypto.enc.Hex.parse(hex)).toString()
const inHex = text => crypto.enc.Utf8.parse(text).toString()
const base64url = hex => crypto.enc.Hex.parse(hex).toString(crypto.enc.Base64).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '')
const scalar = seed => number(hash(seed).slice(0, 64)) & (1n << 255n) - 8n | 1n << 254n
const publicHalf = seed => point(times(scalar(seed) & (1n << 255n) - 1n))
const sign = (seed, text) => {
  const s = scalar(seed) & (1n << 255n) - 1n, r = mod(number(hash(hash(seed).slice(64) + inHex(text))), order), R = point(times(r))
  return R + bytes32(mod(r + mod(number(hash(R + publicHalf(seed) + inHex(text))), order) * s, order))
}
const signed = (seed, header, payload) => {
  const input = base64url(inHex(header)) + '.' + base64url(inHex(payload))
  return input + '.' + (seed ? base64url(sign(seed, input)) : '')
}
