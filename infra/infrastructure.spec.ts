import { existsSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { parse } from 'yaml';
import { readConfig } from '../apps/inference-api/src/config.ts';
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

describe('cloud-run/inference-api.yaml', () => {
  const service = parse(read('infra/cloud-run/inference-api.yaml')) as CloudRunService;
  const { containerConcurrency, containers } = service.spec.template.spec;
  const [container] = containers;
  const environment = Object.fromEntries(container.env.map(({ name, value }) => [name, value]));

  it('sets only variables that the service reads, to values that it accepts', () => {
    const config = read('apps/inference-api/src/config.ts');
    for (const name of Object.keys(environment)) expect(config).toContain(` ${name}: `);
    expect(() => readConfig(environment)).not.toThrow();
  });

  it('lets in no more requests than the service takes', () => {
    const { workers, queueLimit } = readConfig(environment);
    expect(containerConcurrency).toBeLessThanOrEqual(workers + queueLimit);
  });

  it('asks for readiness and liveness at the port of the image', () => {
    const port = Number(/PORT=(\d+)/.exec(read('dockerfiles/inference-api.Dockerfile'))?.[1]);
    expect(container.ports).toEqual([{ name: 'http1', containerPort: port }]);
    expect(container.startupProbe.httpGet).toEqual({ path: '/ready', port });
    expect(container.livenessProbe.httpGet).toEqual({ path: '/live', port });
  });
});

describe.each(apps)('the image of %s', (app) => {
  const lines = read(`dockerfiles/${app}.Dockerfile`).split('\n');
  const copied = lines.flatMap((line) => /^COPY (?!--from)(\S+) /.exec(line)?.[1] ?? []);

  it('holds the sources of what the app depends on, and no others', () => {
    const sources = copied.filter((path) => /^(apps|libs)\//.test(path));
    expect(sources.toSorted()).toEqual(
      dependenciesOf(`@assay/${app}`)
        .map((folder) => `${folder}/src`)
        .toSorted(),
    );
  });

  it('copies only what exists', () => {
    expect(copied.filter((path) => !existsSync(join(root, path)))).toEqual([]);
  });

  it('runs on the pinned Node, as a user without privileges, and starts a file that it holds', () => {
    const base = `node:${read('.nvmrc').trim()}-slim`;
    for (const line of lines.filter((text) => text.startsWith('FROM'))) expect(line.split(' ')[1]).toBe(base);
    expect(lines).toContain('USER node');
    const start = lines.find((line) => /^(CMD|ENTRYPOINT) \["node"/.test(line));
    expect(start).toContain(`apps/${app}/src/main.ts`);
    expect(existsSync(join(root, `apps/${app}/src/main.ts`))).toBe(true);
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
    expect([...Object.keys(build.substitutions), 'PROJECT_ID', 'SHORT_SHA']).toEqual(
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
      const commands = Object.values(jobs).flatMap(({ steps }) => steps.flatMap(({ run }) => run ?? []));
      expect(commands).toEqual(['npm ci', 'npm test']);
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
