import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig as readDriftConfig } from '../apps/drift-service/src/config.ts';
import { readConfig as readFrontendConfig } from '../apps/frontend/server/config.ts';
import { readConfig } from '../apps/inference-api/src/config.ts';
import { readKey } from '../libs/prediction-log/src/layout/log-object.ts';
import { readWorkspaces, root } from '../scripts/workspaces.ts';

interface Probe {
  httpGet: { path: string; port: number };
}

interface CloudRunService {
  metadata: { name: string };
  spec: {
    template: {
      spec: {
        containerConcurrency: number;
        containers: [
          {
            image: string;
            ports: [{ containerPort: number }];
            env: { name: string; value: string }[];
            startupProbe: Probe;
            livenessProbe: Probe;
          },
        ];
      };
    };
  };
}

interface CloudBuild {
  substitutions: Record<string, string>;
  steps: { id: string; args: string[] }[];
  images: string[];
}

const read = (path: string) => readFileSync(join(root, path), 'utf8');
const workspaces = readWorkspaces();
const apps = workspaces
  .filter(({ folder }) => folder.startsWith('apps/'))
  .map(({ manifest }) => manifest.nx.name);

const configReaders = {
  'inference-api': readConfig,
  'drift-service': readDriftConfig,
  frontend: readFrontendConfig,
};

/** What of an app or a library runs in Node: the server of a page, or all of it. */
const codeOf = (folder: string) => `${folder}/${existsSync(join(root, folder, 'server')) ? 'server' : 'src'}`;

function cloudRun(app: string) {
  const service = parse(read(`infra/cloud-run/${app}.yaml`)) as CloudRunService;
  const { containerConcurrency, containers } = service.spec.template.spec;
  const [container] = containers;
  const environment = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));
  return { containerConcurrency, container, environment };
}

describe.each(Object.entries(configReaders))('cloud-run/%s.yaml', (app, reader) => {
  const { container, environment } = cloudRun(app);

  it('sets only variables that the service reads, to values that it accepts', () => {
    const config = read(`${codeOf(`apps/${app}`)}/config.ts`);
    for (const name of Object.keys(environment)) expect(config).toContain(` ${name}: `);
    // What the build puts there.
    const urls = Object.entries(environment).map(([name, value]) => [
      name,
      /^(INFERENCE|DRIFT)$/.test(value) ? 'https://service.run.app' : value,
    ]);
    expect(() => reader(Object.fromEntries(urls) as Record<string, string>)).not.toThrow();
  });

  it('asks for readiness and liveness at the port of the image', () => {
    const port = Number(/PORT=(\d+)/.exec(read(`dockerfiles/${app}.Dockerfile`))?.[1]);
    expect(container.ports).toEqual([{ name: 'http1', containerPort: port }]);
    expect(container.startupProbe.httpGet).toEqual({ path: '/ready', port });
    expect(container.livenessProbe.httpGet).toEqual({ path: '/live', port });
  });

  it('leaves nothing to fill in but what the build fills in', () => {
    const build = parse(read(`cloudbuild/${app}.yaml`)) as CloudBuild;
    const deploy = build.steps.at(-1)!.args.join('\n');
    const filledIn = [...deploy.matchAll(/s\|\\b([A-Z]+)\\b\|/g)].map(([, name]) => name!);
    const text = filledIn.reduce(
      (yaml, name) => yaml.replaceAll(new RegExp(`\\b${name}\\b`, 'g'), name.toLowerCase()),
      read(`infra/cloud-run/${app}.yaml`).replaceAll(/#.*/g, ''),
    );
    const names = new Set(Object.keys(environment));
    expect(
      [...text.matchAll(/\b[A-Z][A-Z_]+\b/g)].map(([name]) => name).filter((name) => !names.has(name)),
    ).toEqual([]);
    // The page's server has neither bus nor bucket.
    const isBehind = app !== 'frontend';
    expect(text.includes(' value: pubsub://project')).toBe(isBehind);
    expect(text.includes(' value: gs://bucket')).toBe(isBehind);
  });
});

describe('cloud-run/frontend.yaml', () => {
  it('proves to the services who asks, and lets in more than may listen to the log', () => {
    const { containerConcurrency, environment } = cloudRun('frontend');
    expect(environment).toMatchObject({
      INFERENCE_URL: 'INFERENCE',
      DRIFT_URL: 'DRIFT',
      SERVICE_AUTH: 'google',
    });
    expect(containerConcurrency).toBeGreaterThan(
      readDriftConfig(cloudRun('drift-service').environment).maxStreams,
    );
  });
});

describe('cloud-run/inference-api.yaml', () => {
  it('lets in no more requests than the service takes', () => {
    const { containerConcurrency, environment } = cloudRun('inference-api');
    const { workers, queueLimit } = readConfig(environment);
    expect(containerConcurrency).toBeLessThanOrEqual(workers + queueLimit);
  });
});

describe('cloud-run/drift-service.yaml', () => {
  it('leaves the log to the subscriptions of Pub/Sub, and lets in more than listen', () => {
    const { containerConcurrency, environment } = cloudRun('drift-service');
    const { sink, maxStreams } = readDriftConfig(environment);
    expect(sink.isOn).toBe(false);
    expect(containerConcurrency).toBeGreaterThan(maxStreams);
  });
});

/** Runs a script with a stand-in for gcloud that knows of nothing but a deployed service. @returns the arguments of each call but those that only look */
function callsOf(script: string, environment: Record<string, string>) {
  const folder = mkdtempSync(join(tmpdir(), 'assay-gcloud-'));
  try {
    const record = join(folder, 'calls');
    writeFileSync(
      join(folder, 'gcloud'),
      `#!/bin/sh\necho "$@" >> '${record}'\ncase "$*" in\n*' projects describe '*) echo 4711;;\n*' run services describe '*) echo https://drift.example;;\n*' describe '*) exit 1;;\nesac\n`,
      { mode: 0o755 },
    );
    const env = { PATH: `${folder}:${process.env.PATH}`, ...environment };
    const { status, stderr } = spawnSync(join(root, 'infra', script), { env, encoding: 'utf8' });
    const calls = existsSync(record) ? readFileSync(record, 'utf8').trim().split('\n') : [];
    return { status, stderr, calls: calls.filter((call) => !call.includes(' describe ')) };
  } finally {
    rmSync(folder, { recursive: true });
  }
}

const flag = (call: string, name: string) => new RegExp(`--${name} (\\S+)`).exec(call)?.[1];

describe('drift-schedule.sh', () => {
  it('has the reports of every champion asked for each hour, in the name of an account that may', () => {
    const { status, stderr, calls } = callsOf('drift-schedule.sh', {
      PROJECT: 'my-project',
      REGION: 'europe-west1',
    });
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const job = calls.find((call) => call.includes('scheduler jobs create http drift-reports'))!;
    expect(job).toContain('--schedule 5 * * * * --time-zone Etc/UTC');
    expect([flag(job, 'uri'), flag(job, 'http-method')]).toEqual(['https://drift.example/reports', 'POST']);
    expect(flag(job, 'oidc-token-audience')).toBe('https://drift.example');
    const account = flag(job, 'oidc-service-account-email');
    expect(calls.find((call) => call.includes('add-iam-policy-binding drift-service'))).toContain(
      `serviceAccount:${account} --role roles/run.invoker`,
    );
  });

  it('leaves the schedule to it', () => {
    expect(readDriftConfig(cloudRun('drift-service').environment).reports.schedule).toBeUndefined();
  });
});

describe('prediction-log.sh', () => {
  const { status, stderr, calls } = callsOf('prediction-log.sh', {
    PROJECT: 'my-project',
    REGION: 'europe-west1',
  });

  it('says what it needs to know', () => {
    expect(callsOf('prediction-log.sh', {})).toMatchObject({
      status: 1,
      stderr: expect.stringContaining('PROJECT: the id'),
    });
  });

  it('makes subscriptions whose objects the prediction log reads', () => {
    expect({ status, stderr }).toEqual({ status: 0, stderr: '' });
    const subscriptions = calls.filter((call) => call.includes('--cloud-storage-bucket my-project-assay'));
    expect(subscriptions).toHaveLength(2);
    for (const [at, topic] of (['predictions', 'feedback'] as const).entries()) {
      const call = subscriptions[at]!;
      expect(flag(call, 'topic')).toBe(topic);
      // As Pub/Sub names objects: prefix, time, an underscore, an id, suffix.
      const time = flag(call, 'cloud-storage-file-datetime-format')!
        .replace('YYYY-MM-DD', '2026-05-01')
        .replace('hh', '07')
        .replace('mm', '08')
        .replace('ss', '09');
      const key = `${flag(call, 'cloud-storage-file-prefix')}${time}_a1b2${flag(call, 'cloud-storage-file-suffix')}`;
      expect(readKey(key)).toEqual({ topic, hour: Date.UTC(2026, 4, 1, 7), kind: 'lines', exact: false });
    }
  });

  it('makes every topic and dead letter topic before what refers to it', () => {
    const made = calls.flatMap((call) => / pubsub topics create (\S+)/.exec(call)?.[1] ?? []);
    expect(made).toEqual(expect.arrayContaining(['predictions', 'feedback', 'models', 'drift']));
    const seen = new Set<string>();
    for (const call of calls) {
      const [, topic] = / pubsub topics create (\S+)/.exec(call) ?? [];
      if (topic !== undefined) seen.add(topic);
      for (const needed of [flag(call, 'topic'), flag(call, 'dead-letter-topic')])
        if (needed !== undefined) expect(seen).toContain(needed);
    }
  });

  it('keeps kept inputs as long as inference-api says, and the log and the reports for a year', () => {
    const { rule } = JSON.parse(read('infra/bucket-lifecycle.json')) as {
      rule: { condition: { age: number; matchesPrefix?: string[] } }[];
    };
    const ageOf = (prefix: string) =>
      rule.find(({ condition }) => condition.matchesPrefix?.includes(prefix))?.condition.age;
    expect(ageOf('inputs/')).toBe(readConfig({}).predictionLog.imagesTtlDays);
    expect(['predictions/', 'feedback/', 'reports/'].map(ageOf)).toEqual([365, 365, 365]);
  });
});

describe.each(apps)('the image of %s', (app) => {
  const lines = read(`dockerfiles/${app}.Dockerfile`).split('\n');
  const copied = lines.flatMap((line) => /^COPY (?!--from)(\S+) /.exec(line)?.[1] ?? []);

  it('holds the sources of what the app depends on, and no others', () => {
    const sources = copied.filter((path) => /^(apps|libs)\//.test(path));
    expect(sources.toSorted()).toEqual(dependenciesOf(`@assay/${app}`).map(codeOf).toSorted());
  });

  it('copies only what exists', () => {
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('runs on the pinned Node, as a user without privileges, and starts a file that it holds', () => {
    const base = `node:${read('.nvmrc').trim()}-slim`;
    for (const line of lines.filter((text) => text.startsWith('FROM'))) expect(line.split(' ')[1]).toBe(base);
    expect(lines).toContain('USER node');
    const start = lines.find((line) => /^(CMD|ENTRYPOINT) \["node"/.test(line));
    expect(start).toContain(`${codeOf(`apps/${app}`)}/main.ts`);
    expect(existsSync(join(root, codeOf(`apps/${app}`), 'main.ts'))).toBe(true);
  });
});

describe.each(apps)('cloudbuild/%s.yaml', (app) => {
  const build = parse(read(`cloudbuild/${app}.yaml`)) as CloudBuild;

  it('tests before it builds, and builds the image of the app', () => {
    expect(build.steps.map(({ id }) => id).slice(0, 2)).toEqual(['test', 'build']);
    expect(build.steps[1]!.args).toContain(`dockerfiles/${app}.Dockerfile`);
    expect(build.images).toEqual(['${_IMAGE}']);
    expect(build.substitutions._IMAGE).toMatch(new RegExp(`/${app}:`));
  });

  it('names only files that exist', () => {
    const named = build.steps.flatMap(
      ({ args }) => args.join(' ').match(/(?:infra|dockerfiles|\.ci)\/[\w./-]+/g) ?? [],
    );
    expect(named.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('uses only substitutions that it defines or that Cloud Build gives', () => {
    const used = [...JSON.stringify(build).matchAll(/\$\{(\w+)\}/g)].map(([, name]) => name);
    expect([...Object.keys(build.substitutions), 'PROJECT_ID', 'PROJECT_NUMBER', 'SHORT_SHA']).toEqual(
      expect.arrayContaining(used),
    );
  });
});

describe('the pinned Node', () => {
  it('is the same wherever it is named', () => {
    const manifest = JSON.parse(read('package.json')) as {
      engines: { node: string };
      devDependencies: { node: string };
    };
    const major = read('.nvmrc').trim();
    expect(manifest.devDependencies.node).toBe(`${major}.x`);
    expect(manifest.engines.node).toBe(`>=${major}`);
    expect(process.versions.node.split('.')[0]).toBe(major);
  });
});

describe('the GitHub workflows', () => {
  it.each(readdirSync(join(root, '.github/workflows')))(
    '%s runs the same two commands as .ci/run',
    (file) => {
      const { jobs } = parse(read(`.github/workflows/${file}`)) as {
        jobs: Record<string, { steps: { run?: string }[] }>;
      };
      const commandsOf = (name: string) => jobs[name]!.steps.flatMap(({ run }) => run ?? []);
      expect(commandsOf('checks')).toEqual(['npm ci', 'npm test']);
      const { scripts } = JSON.parse(read('package.json')) as { scripts: Record<string, string> };
      const others = Object.keys(jobs).filter((name) => name !== 'checks');
      for (const command of others.flatMap(commandsOf))
        expect(['npm ci', ...Object.keys(scripts).map((name) => `npm run ${name}`)]).toContain(command);
      expect(read('.ci/run')).toMatch(/" ci\n.*" test\n/s);
    },
  );
});

/** Folders of a workspace and of everything in this repository that it needs at run time. */
function dependenciesOf(name: string, seen = new Set<string>()): string[] {
  const workspace = workspaces.find(({ manifest }) => manifest.name === name);
  if (!workspace || seen.has(name)) return [];
  seen.add(name);
  const needed = Object.keys(workspace.manifest.dependencies ?? {});
  return [workspace.folder, ...needed.flatMap((dependency) => dependenciesOf(dependency, seen))];
}
