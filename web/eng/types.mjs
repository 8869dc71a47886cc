// Writes src/api/schema.ts from docs/openapi.json: the platform's own operations and their answers. With --check it only says whether the file is current.
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import openapiTS, { astToString } from 'openapi-typescript';

const root = join(import.meta.dirname, '..');
const target = join(root, 'src', 'api', 'schema.ts');
const document = JSON.parse(readFileSync(join(root, '..', 'docs', 'openapi.json'), 'utf8'));

for (const [path, methods] of Object.entries(document.paths)) {
  if (!path.startsWith('/api/')) {
    delete document.paths[path];
    continue;
  }
  for (const operation of Object.values(methods)) {
    delete operation.description;
    // Faults all have one form (components.schemas.Error).
    operation.responses = { 200: operation.responses[200] };
    const content = operation.requestBody?.content;
    if (content?.['application/json']) operation.requestBody.content = { 'application/json': content['application/json'] };
  }
}

const text = `// Made from docs/openapi.json by eng/types.mjs (npm run types); not edited by hand.\n\n${astToString(await openapiTS(document, { alphabetize: false }))}`;
if (!process.argv.includes('--check')) {
  writeFileSync(target, text);
} else if (readFileSync(target, 'utf8') !== text) {
  console.error('src/api/schema.ts is older than docs/openapi.json. Make it anew: npm run types');
  process.exit(1);
}
