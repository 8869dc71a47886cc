// Sign-in tokens as npm jose sees them. Argument: a JSON file { token, secret, now, claims }. Verifies the token, and that it refuses tampered ones; prints
// { good, bad: { name: token } }: one with the right claims, and what a library can make of the same claims that is no token of Kinora's.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import * as jose from 'jose';

const { token, secret, now, claims } = JSON.parse(await readFile(process.argv[2], 'utf8'));
const key = new TextEncoder().encode(secret);
const rules = { algorithms: ['HS256'], issuer: 'kinora', subject: 'user_x', typ: 'JWT', maxTokenAge: '7d', currentDate: new Date(now * 1000), requiredClaims: ['jti', 'exp', 'iat'] };

const { payload, protectedHeader } = await jose.jwtVerify(token, key, rules);
assert.deepEqual(protectedHeader, { alg: 'HS256', typ: 'JWT' });
assert.equal(payload.userId, payload.sub);
assert.equal(payload.exp - payload.iat, 7 * 86400);
await assert.rejects(jose.jwtVerify(token.slice(0, -1), key, rules));
await assert.rejects(jose.jwtVerify(token, key.slice(1), rules));
await assert.rejects(jose.jwtVerify(token, key, { ...rules, currentDate: new Date((now + 7 * 86400) * 1000) }));

const right = JSON.parse(claims.replace('NOW', now).replace('END', now + 3600));
const sign = (by, header, said = right) => new jose.SignJWT(said).setProtectedHeader({ typ: 'JWT', ...header }).sign(by);
const pair = async (alg, options) => (await jose.generateKeyPair(alg, { extractable: true, ...options })).privateKey;
const wide = new Uint8Array(64).map((_, i) => key[i % key.length]);
const bad = {
  unsecured: new jose.UnsecuredJWT(right).setIssuer('kinora').encode(),
  HS384: await sign(wide, { alg: 'HS384' }),
  HS512: await sign(wide, { alg: 'HS512' }),
  RS256: await sign(await pair('RS256'), { alg: 'RS256' }),
  PS256: await sign(await pair('PS256'), { alg: 'PS256' }),
  ES256: await sign(await pair('ES256'), { alg: 'ES256' }),
  EdDSA: await sign(await pair('EdDSA'), { alg: 'EdDSA' }),
  'another typ': await new jose.SignJWT(right).setProtectedHeader({ alg: 'HS256', typ: 'at+jwt' }).sign(key),
  'another key': await sign(key.slice(1), { alg: 'HS256' }),
  expired: await sign(key, { alg: 'HS256' }, { ...right, exp: now }),
  'another issuer': await sign(key, { alg: 'HS256' }, { ...right, iss: 'https://issuer.example' }),
  encrypted: await new jose.EncryptJWT(right).setProtectedHeader({ alg: 'dir', enc: 'A256GCM' }).encrypt(key.slice(0, 32)),
};

console.log(JSON.stringify({ good: await sign(key, { alg: 'HS256' }), bad }));
