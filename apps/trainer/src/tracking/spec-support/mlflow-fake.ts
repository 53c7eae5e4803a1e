import { z } from 'zod';
import { httpFake, type FakeAnswer, type FakeRequest } from './http-fake.ts';

const key = z
  .string()
  .max(250)
  .regex(/^[\w\-./ ]+$/);
const bodies = {
  'experiments/create': z.strictObject({ name: z.string().min(1) }),
  'runs/create': z.strictObject({
    experiment_id: z.string(),
    run_name: z.string(),
    start_time: z.int(),
    tags: z.array(z.strictObject({ key, value: z.string().max(5000) })).max(100),
  }),
  'runs/update': z.strictObject({
    run_id: z.string(),
    status: z.enum(['RUNNING', 'SCHEDULED', 'FINISHED', 'FAILED', 'KILLED']),
    end_time: z.int().optional(),
  }),
  'runs/log-batch': z.strictObject({
    run_id: z.string(),
    metrics: z
      .array(z.strictObject({ key, value: z.number(), timestamp: z.int(), step: z.int() }))
      .max(1000)
      .optional(),
    params: z
      .array(z.strictObject({ key, value: z.string().max(500) }))
      .max(100)
      .optional(),
    tags: z
      .array(z.strictObject({ key, value: z.string() }))
      .max(100)
      .optional(),
  }),
};

interface FakeRun {
  status: string;
  name: string;
  tags: Record<string, string>;
  params: Record<string, string>;
  metrics: { key: string; value: number; step: number }[];
  files: Record<string, Buffer>;
}

/**
 * A tracking server that holds requests to what MLflow documents: methods, paths, field names, limits, and that
 * a parameter never changes.
 */
export async function mlflowFake(options: { artifactRoot?: string } = {}) {
  const { artifactRoot = 'mlflow-artifacts:/' } = options;
  const experiments = new Map<string, string>();
  const runs = new Map<string, FakeRun>();
  const refuse = (status: number, code: string, message = ''): FakeAnswer => ({
    status,
    json: { error_code: code, message },
  });
  const describe = (id: string) => ({
    json: { run: { info: { run_id: id, artifact_uri: `${artifactRoot}1/${id}/artifacts` } } },
  });

  const answer = (request: FakeRequest): FakeAnswer => {
    const { method, path, query } = request;
    const artifact = /^\/api\/2\.0\/mlflow-artifacts\/artifacts\/1\/([^/]+)\/artifacts\/(.+)$/.exec(path);
    if (artifact && method === 'PUT') {
      const run = runs.get(artifact[1]!);
      if (!run) return refuse(404, 'RESOURCE_DOES_NOT_EXIST');
      run.files[artifact[2]!] = request.body;
      return {};
    }
    const call = `${method} ${path.replace('/api/2.0/mlflow/', '')}`;
    if (call === 'GET experiments/get-by-name') {
      const id = experiments.get(query.get('experiment_name') ?? '');
      return id === undefined
        ? refuse(404, 'RESOURCE_DOES_NOT_EXIST', 'no such experiment')
        : { json: { experiment: { experiment_id: id, lifecycle_stage: 'active' } } };
    }
    if (call === 'GET runs/get') {
      const id = query.get('run_id') ?? '';
      return runs.has(id) ? describe(id) : refuse(404, 'RESOURCE_DOES_NOT_EXIST', 'no such run');
    }
    const name = path.replace('/api/2.0/mlflow/', '') as keyof typeof bodies;
    if (method !== 'POST' || !(name in bodies)) return refuse(404, 'ENDPOINT_NOT_FOUND', call);
    const parsed = bodies[name].safeParse(JSON.parse(request.body.toString('utf8')));
    if (!parsed.success) return refuse(400, 'INVALID_PARAMETER_VALUE', z.prettifyError(parsed.error));
    return change(name, parsed.data);
  };

  const change = (name: keyof typeof bodies, body: unknown): FakeAnswer => {
    if (name === 'experiments/create') {
      const { name: wanted } = bodies[name].parse(body);
      if (experiments.has(wanted)) return refuse(400, 'RESOURCE_ALREADY_EXISTS');
      experiments.set(wanted, '1');
      return { json: { experiment_id: '1' } };
    }
    if (name === 'runs/create') {
      const { run_name, tags } = bodies[name].parse(body);
      const id = `run${runs.size + 1}`;
      runs.set(id, {
        status: 'RUNNING',
        name: run_name,
        tags: Object.fromEntries(tags.map((tag) => [tag.key, tag.value])),
        params: {},
        metrics: [],
        files: {},
      });
      return describe(id);
    }
    const run = runs.get((body as { run_id: string }).run_id);
    if (!run) return refuse(404, 'RESOURCE_DOES_NOT_EXIST');
    if (name === 'runs/update') {
      run.status = bodies[name].parse(body).status;
      return {};
    }
    const { metrics = [], params = [] } = bodies[name].parse(body);
    for (const param of params) {
      if ((run.params[param.key] ?? param.value) !== param.value)
        return refuse(400, 'INVALID_PARAMETER_VALUE', 'changed parameter');
      run.params[param.key] = param.value;
    }
    run.metrics.push(...metrics);
    return {};
  };

  const server = await httpFake(answer);
  return { ...server, runs, [Symbol.asyncDispose]: server[Symbol.asyncDispose] };
}
