// Builds the page into .build/dist: packages when the lock file changed, then Vite, then the compressed forms. One build at a time, and none when nothing
// changed: several projects and configurations of one .NET build ask for it.
import { execFileSync } from 'node:child_process';
import { cpSync, existsSync, mkdirSync, readdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { brotliCompressSync, constants, gzipSync } from 'node:zlib';

const root = join(import.meta.dirname, '..');
const made = join(root, '.build');
const lock = join(made, 'lock');
const stamp = join(made, 'stamp');
const sources = ['src', 'public', 'index.html', 'package-lock.json', 'vite.config.ts', 'tsconfig.json', 'eng/build.mjs'];

mkdirSync(made, { recursive: true });
await takeLock();
try {
  if (!existsSync(stamp) || newest(sources) > statSync(stamp).mtimeMs) build();
} finally {
  rmSync(lock, { recursive: true, force: true });
}

function build() {
  const begun = new Date();
  install();
  const fresh = join(made, `dist-${process.pid}`);
  run('node', [join('node_modules', 'vite', 'bin', 'vite.js'), 'build', '--outDir', fresh, '--emptyOutDir', '--logLevel', 'warn']);
  cpSync(join(fresh, '.vite', 'manifest.json'), join(made, 'manifest.json'));
  rmSync(join(fresh, '.vite'), { recursive: true });
  for (const file of filesOf(fresh)) compress(file);
  const dist = join(made, 'dist');
  rmSync(dist, { recursive: true, force: true });
  renameSync(fresh, dist);
  writeFileSync(stamp, begun.toISOString());
}

function install() {
  const installed = join(root, 'node_modules', '.installed');
  const wanted = readFileSync(join(root, 'package-lock.json'), 'utf8');
  if (existsSync(installed) && readFileSync(installed, 'utf8') === wanted) return;
  run('npm', ['ci', '--ignore-scripts', '--no-audit', '--no-fund', '--loglevel=error']);
  writeFileSync(installed, wanted);
}

// What is small or compressed already gains nothing.
function compress(file) {
  if (!/\.(js|css|html|svg|json|txt|webmanifest)$/.test(file)) return;
  const bytes = readFileSync(file);
  if (bytes.length < 512) return;
  writeFileSync(`${file}.gz`, gzipSync(bytes, { level: 9 }));
  writeFileSync(`${file}.br`, brotliCompressSync(bytes, { params: { [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length } }));
}

function filesOf(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name));
}

function newest(paths) {
  const times = paths.map((p) => join(root, p)).filter(existsSync)
    .flatMap((p) => (statSync(p).isDirectory() ? [p, ...filesOf(p)] : [p])).map((f) => statSync(f).mtimeMs);
  return Math.max(...times);
}

function run(program, args) {
  execFileSync(program, args, { cwd: root, stdio: ['ignore', 'inherit', 'inherit'] });
}

// A lock whose owner is gone is broken.
async function takeLock() {
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, 'pid'), String(process.pid));
      return;
    } catch (fault) {
      if (fault.code !== 'EEXIST') throw fault;
    }
    try {
      process.kill(Number(readFileSync(join(lock, 'pid'), 'utf8')), 0);
    } catch (fault) {
      if (fault.code === 'ESRCH') rmSync(lock, { recursive: true, force: true });
    }
    await new Promise((resolve) => setTimeout(resolve, 200));
  }
}
