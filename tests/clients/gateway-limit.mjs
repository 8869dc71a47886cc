// More creates than a minute allows (`allowed=N`): the official client is told when to come again. See gateway.mjs for the other arguments.
import assert from 'node:assert/strict';
import OpenAI from 'openai';
import { client, given, made, refused, small } from './gateway.mjs';

const create = i => client.videos.create({ ...small, prompt: `Shot ${i}` }, { headers: { 'Idempotency-Key': `shot ${i}` } });
const allowed = Number(given('allowed'));
for (let i = 0; i < allowed; i++) await made(create(i));
const error = await refused(create(allowed), OpenAI.RateLimitError, 'rate_limit_exceeded');
assert.equal(error.type, 'rate_limit_error');
assert.match(error.headers.get('retry-after'), /^[1-9]\d*$/);
assert.notEqual(error.headers.get('x-should-retry'), 'false');
assert.equal((await client.videos.list()).data.length, allowed);
console.log(JSON.stringify({ allowed }));
