// No source file of the page is longer than 300 lines; near that, ask whether two ideas live there.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const most = 300;
const source = join(import.meta.dirname, '..', 'src');
const long = readdirSync(source, { recursive: true, withFileTypes: true })
  .filter((e) => e.isFile() && /\.(tsx?|css)$/.test(e.name) && e.name !== 'schema.ts')
  .map((e) => join(e.parentPath, e.name))
  .filter((file) => readFileSync(file, 'utf8').trimEnd().split('\n').length > most);
if (long.length > 0) {
  console.error(`More than ${most} lines:\n${long.join('\n')}`);
  process.exit(1);
}
