// Node.js 18, which Debian 12 has, keeps the Web Cryptography API to its own module.
import { webcrypto } from 'node:crypto'

globalThis.crypto ??= webcrypto
globalThis.CryptoKey ??= webcrypto.CryptoKey
