import react from '@vitejs/plugin-react';
import { fileURLToPath } from 'node:url';
import { defineConfig } from 'vite';

const server = process.env.KINORA_SERVER ?? 'http://127.0.0.1:3000';

let needed: Set<string> | undefined;

/** All that the entry imports, but for what is loaded later. */
function neededAtFirst(infoOf: (id: string) => { importedIds: readonly string[] } | null): Set<string> {
  if (needed) return needed;
  const found = new Set<string>();
  const visit = (id: string) => {
    if (found.has(id)) return;
    found.add(id);
    infoOf(id)?.importedIds.forEach(visit);
  };
  const entry = fileURLToPath(new URL('./src/main.tsx', import.meta.url));
  visit(entry);
  found.delete(entry);
  return (needed = found);
}

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true,
    // Data addresses would be refused for scripts and styles, and save little for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
    rolldownOptions: {
      output: {
        // What every page needs is one file: as thirty small ones it would be thirty requests before the first card.
        codeSplitting: { groups: [{ debugName: 'base', name: (id, build) => (neededAtFirst((of) => build.getModuleInfo(of)).has(id) ? 'base' : null) }] },
      },
    },
  },
  server: {
    // Under the name that the browser knows: a cookie's changes are for pages of the server's own origin.
    proxy: { '/ready': { target: server, changeOrigin: false }, '/api': { target: server, changeOrigin: false }, '/media': { target: server, changeOrigin: false }, '/socket.io': { target: server, changeOrigin: false, ws: true } },
  },
});
