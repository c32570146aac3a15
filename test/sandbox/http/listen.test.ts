import { createConnection } from 'node:net';
import express from 'express';
import { describe, expect, it } from 'vitest';
import { listen } from '#sandbox/http/listen.ts';

describe('listen', () => {
  it('takes a free port on the loopback interface', async () => {
    const [one, other] = await Promise.all([listen(express()), listen(express())]);
    expect(one.url).toBe(`http://127.0.0.1:${one.port}`);
    expect(one.port).not.toBe(other.port);
    await Promise.all([one.close(), other.close()]);
  });

  it('takes the port it is given, and says so when that is taken', async () => {
    const one = await listen(express());
    await expect(listen(express(), one.port)).rejects.toMatchObject({ code: 'EADDRINUSE' });
    await one.close();
    const again = await listen(express(), one.port);
    expect(again.port).toBe(one.port);
    await again.close();
  });

  it('closes at once although a client keeps its socket open', async () => {
    const server = await listen(express());
    const socket = createConnection(server.port, '127.0.0.1');
    await new Promise((resolve) => {
      socket.once('connect', resolve);
    });
    const closed = new Promise((resolve) => {
      socket.once('close', resolve);
    });
    socket.on('error', () => {
      // A reset is as good an end as any.
    });
    await server.close();
    await closed;
    await expect(server.close()).resolves.toBeUndefined();
  });
});
