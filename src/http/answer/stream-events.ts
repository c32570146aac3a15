// Sends server-sent events as they come, with a sign of life in between, until the stream or the caller ends.
import { once } from 'node:events';
import type { Response } from 'express';
import type { ServerEvent } from '../route.ts';

export async function streamEvents(
  response: Response,
  events: AsyncIterable<ServerEvent>,
  heartbeatMs: number,
): Promise<void> {
  response.status(200).set({
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    // nginx would hold events back until its buffer is full.
    'x-accel-buffering': 'no',
  });
  response.flushHeaders();
  const heartbeat = setInterval(() => response.write(': still here\n\n'), heartbeatMs);
  try {
    for await (const { id, event, data } of events) {
      const text = `id: ${id}\nevent: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
      if (!response.write(text)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    }
  } finally {
    clearInterval(heartbeat);
    response.end();
  }
}
