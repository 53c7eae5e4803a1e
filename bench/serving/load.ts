import { Agent, request } from 'node:http';

/** Sends one image again and again. */
export interface Load {
  /**
   * @param requests how many in all
   * @param concurrency how many at a time
   * @returns requests per second
   */
  send(requests: number, concurrency: number): Promise<number>;
  /** Sends requests one after another. @returns how long each took, milliseconds */
  latencies(requests: number): Promise<number[]>;
  close(): void;
}

/** Prepares `POST /predict` with `image` as the one file of a form, over connections that are kept. */
export function prepareLoad(port: number, image: Uint8Array): Load {
  const agent = new Agent({ keepAlive: true });
  const boundary = 'assay-bench';
  const body = Buffer.concat([
    Buffer.from(`--${boundary}\r\nContent-Disposition: form-data; name="image"; filename="image"\r\n\r\n`),
    image,
    Buffer.from(`\r\n--${boundary}--\r\n`),
  ]);
  const headers = {
    'content-type': `multipart/form-data; boundary=${boundary}`,
    'content-length': body.length,
  };
  const once = () =>
    new Promise<void>((resolve, reject) => {
      const sent = request(
        { host: '127.0.0.1', port, path: '/predict', method: 'POST', agent, headers },
        (answer) => {
          answer.resume().once('end', () => {
            if (answer.statusCode === 200) resolve();
            else reject(new Error(`/predict answers ${answer.statusCode}`));
          });
        },
      );
      sent.on('error', reject).end(body);
    });
  return {
    async send(requests, concurrency) {
      const begin = performance.now();
      let left = requests;
      const lane = async () => {
        while (left > 0) {
          left -= 1;
          await once();
        }
      };
      await Promise.all(Array.from({ length: concurrency }, lane));
      return requests / ((performance.now() - begin) / 1000);
    },
    async latencies(requests) {
      const times: number[] = [];
      while (times.length < requests) {
        const begin = performance.now();
        await once();
        times.push(performance.now() - begin);
      }
      return times;
    },
    close: () => agent.destroy(),
  };
}
