// An OpenAPI document as @seriousme/openapi-schema-validator judges it. Argument: its file. Prints the version it found.
import { Validator } from '@seriousme/openapi-schema-validator';

const validator = new Validator();
const { valid, errors } = await validator.validate(process.argv[2]);
if (!valid) {
  console.error(JSON.stringify(errors, null, 2));
  process.exit(1);
}

console.log(validator.version);
