import express from 'express';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';

// An Express route that parses the same body and answers the same JSON: what the portal's booking is held against.
const [answer] = (await once(process, 'message')) as [object];
const app = express();
app.post('/api/families/:familyId/submissions', express.json(), (request, response) => {
  const { book } = request.body as { book?: unknown };
  response.status(Array.isArray(book) ? 201 : 400).json(answer);
});
const server = app.listen(0, '127.0.0.1');
await once(server, 'listening');
process.send?.((server.address() as AddressInfo).port);
process.once('disconnect', () => process.exit(0));
