// Prints the figures of a text, with a running `factfigures serve`:
//
//   npm install --prefix examples/node
//   node examples/node/client.js "Sales rose 12 percent to $56 million." [ADDRESS]

const path = require('node:path');
const grpc = require('@grpc/grpc-js');
const loader = require('@grpc/proto-loader');

const [text = 'Sales rose 12 percent to $56 million.', address = '127.0.0.1:50051'] = process.argv.slice(2);

const definition = loader.loadSync('factfigures/v1/factfigures.proto', {
  includeDirs: [path.join(__dirname, '../../proto')],
  enums: String,
  defaults: true,
});
const { FactFigureService } = grpc.loadPackageDefinition(definition).factfigures.v1;
const client = new FactFigureService(address, grpc.credentials.createInsecure());

// What JavaScript's strings count.
const request = { document: { text }, offsetUnit: 'OFFSET_UNIT_UTF16_CODE_UNIT' };
client.extractFigures(request, { deadline: Date.now() + 5000 }, (error, response) => {
  client.close();
  if (error) {
    console.error(`${grpc.status[error.code]}: ${error.details}`);
    process.exitCode = 1;
    return;
  }
  for (const { id, kind, span, quantity } of response.figures) {
    console.assert(text.slice(span.start, span.end) === span.text);
    console.log(`${id} ${kind} ${quantity.value} ${quantity.unit?.code ?? ''}: ${span.text}`);
  }
});
