// The script that the library page loads at first, in kB of gzip: the entry, the library's chunk and all they import, with one language. Fails above the limit.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { gzipSync } from 'node:zlib';

const limit = 150;
const made = join(import.meta.dirname, '..', '.build');
const manifest = JSON.parse(readFileSync(join(made, 'manifest.json'), 'utf8'));
const first = ['index.html', 'src/library/LibraryPage.tsx', 'src/i18n/en.ts', 'src/api/live.ts'];

const files = new Map();
const visit = (key) => {
  const chunk = manifest[key];
  if (!chunk || files.has(chunk.file)) return;
  if (chunk.file.endsWith('.js')) files.set(chunk.file, gzipSync(readFileSync(join(made, 'dist', chunk.file)), { level: 9 }).length);
  (chunk.imports ?? []).forEach(visit);
};
for (const key of first) {
  if (!manifest[key]) throw new Error(`${key} is no chunk of the build.`);
  visit(key);
}

const total = [...files.values()].reduce((sum, bytes) => sum + bytes, 0) / 1000;
for (const [file, bytes] of [...files].sort((a, b) => b[1] - a[1])) console.log(`${(bytes / 1000).toFixed(1).padStart(7)} kB  ${file}`);
console.log(`${total.toFixed(1).padStart(7)} kB  first load of the library, of ${limit} kB`);
if (total > limit) process.exit(1);
