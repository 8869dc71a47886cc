// Webhooks as others' verifiers see them: npm standardwebhooks, and the official OpenAI client. Argument: a JSON file with a list of received messages,
// { body, headers, good: [secrets that must accept it], bad: [secrets that must not] }. Prints how many checks were made.
import assert from 'node:assert/strict';
import { readFile } from 'node:fs/promises';
import OpenAI from 'openai';
import { Webhook } from 'standardwebhooks';

const client = new OpenAI({ apiKey: 'unused', baseURL: 'http://127.0.0.1:9/' });
const verifiers = {
  standardwebhooks: async (body, headers, secret) => new Webhook(secret).verify(body, headers),
  openai: async (body, headers, secret) => client.webhooks.unwrap(body, headers, secret),
};
let checks = 0;

for (const { body, headers, good, bad } of JSON.parse(await readFile(process.argv[2], 'utf8'))) {
  for (const [name, verify] of Object.entries(verifiers)) {
    const refuses = async (what, b, h, secret) => {
      await assert.rejects(verify(b, h, secret), undefined, `${name} accepted ${what}`);
      checks++;
    };
    for (const secret of good) {
      const event = await verify(body, headers, secret);
      assert.equal(event.object, 'event');
      assert.match(event.id, /^evt_[0-9a-f]{32}$/);
      assert.equal(typeof event.data.id, 'string');
      assert.ok(Math.abs(event.created_at - Date.now() / 1000) < 3600);
      checks++;
      await refuses('another body', body.replace('evt_', 'evt-'), headers, secret);
      await refuses('another id', body, { ...headers, 'webhook-id': headers['webhook-id'] + '0' }, secret);
      await refuses('another time', body, { ...headers, 'webhook-timestamp': String(Number(headers['webhook-timestamp']) + 1) }, secret);
      await refuses('no signature', body, { ...headers, 'webhook-signature': '' }, secret);
    }
    for (const secret of bad) await refuses('a secret that is over', body, headers, secret);
  }
}

console.log(checks);
