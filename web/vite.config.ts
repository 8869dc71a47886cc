import react from '@vitejs/plugin-react';
import { defineConfig } from 'vite';

const server = process.env.KINORA_SERVER ?? 'http://127.0.0.1:3000';

export default defineConfig({
  plugins: [react()],
  build: {
    target: 'es2022',
    manifest: true,
    // Data addresses would be refused for scripts and styles, and save little for pictures.
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    reportCompressedSize: false,
  },
  server: {
    // Under the name that the browser knows: a cookie's changes are for pages of the server's own origin.
    proxy: { '/ready': { target: server, changeOrigin: false }, '/api': { target: server, changeOrigin: false }, '/media': { target: server, changeOrigin: false }, '/socket.io': { target: server, changeOrigin: false, ws: true } },
  },
});
