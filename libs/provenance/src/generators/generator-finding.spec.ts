import { describe, expect, it } from '@jest/globals';
import { generatorFinding } from './generator-finding.ts';
import { metadataOf } from '../spec-support/metadata-of.ts';

const infotext =
  'a cat, <lora:x:1>\nNegative prompt: blurry, bad\n' +
  'Steps: 20, Sampler: Euler a, CFG scale: 7, Seed: 123, Model: sd_xl_base, Lora hashes: "a: 1, b: 2", Version: v1.6.0';
const graph = {
  '3': {
    class_type: 'KSampler',
    inputs: { seed: 5, steps: 20, cfg: 8, sampler_name: 'euler', positive: ['6', 0], negative: ['7', 0] },
  },
  '4': { class_type: 'CheckpointLoaderSimple', inputs: { ckpt_name: 'dream.safetensors' } },
  '6': { class_type: 'CLIPTextEncode', inputs: { text: 'a dog' } },
  '7': { class_type: 'CLIPTextEncode', inputs: { text: 'bad' } },
};

describe('the mark of an image generator', () => {
  it('is read from the text of the Stable Diffusion web UIs, with all settings', () => {
    expect(generatorFinding(metadataOf({ png: { parameters: infotext } }))).toEqual({
      kind: 'generator',
      grade: 'declared',
      origin: 'ai-generated',
      statement: expect.stringContaining('made by “Stable Diffusion web UI”'),
      generator: 'Stable Diffusion web UI',
      place: 'PNG text parameters',
      model: 'sd_xl_base',
      prompt: 'a cat, <lora:x:1>',
      negativePrompt: 'blurry, bad',
      seed: '123',
      settings: [
        { name: 'Steps', value: '20' },
        { name: 'Sampler', value: 'Euler a' },
        { name: 'CFG scale', value: '7' },
        { name: 'Lora hashes', value: 'a: 1, b: 2' },
        { name: 'Version', value: 'v1.6.0' },
      ],
    });
  });

  it.each([
    [
      'EXIF of a JPEG',
      { exif: { UserComment: infotext } },
      { generator: 'Stable Diffusion web UI', seed: '123' },
    ],
    [
      'Forge',
      { png: { parameters: 'x\nSteps: 4, Version: f2.0.1' } },
      { generator: 'Stable Diffusion web UI Forge', prompt: 'x' },
    ],
    ['Fooocus', { png: { parameters: 'x\nSteps: 30', fooocus_scheme: 'a1111' } }, { generator: 'Fooocus' }],
    [
      'ComfyUI',
      { png: { prompt: JSON.stringify(graph) } },
      { generator: 'ComfyUI', model: 'dream.safetensors', prompt: 'a dog', negativePrompt: 'bad', seed: '5' },
    ],
    [
      'ComfyUI, as WebP',
      { exif: { Model: `prompt:${JSON.stringify(graph)}` } },
      { generator: 'ComfyUI', place: 'EXIF Model', prompt: 'a dog' },
    ],
    ['ComfyUI, as drawn', { png: { workflow: '{"nodes":[],"links":[]}' } }, { generator: 'ComfyUI' }],
    [
      'InvokeAI',
      {
        png: {
          invokeai_metadata: JSON.stringify({
            positive_prompt: 'a fox',
            seed: 9,
            steps: 3,
            model: { name: 'sdxl' },
          }),
        },
      },
      {
        generator: 'InvokeAI',
        prompt: 'a fox',
        seed: '9',
        model: 'sdxl',
        settings: [{ name: 'steps', value: '3' }],
      },
    ],
    [
      'NovelAI',
      { png: { Software: 'NovelAI', Description: '1girl', Comment: '{"seed": 8, "uc": "lowres"}' } },
      { generator: 'NovelAI', prompt: '1girl', seed: '8', negativePrompt: 'lowres' },
    ],
    [
      'Midjourney',
      { png: { Description: 'a red fox --v 6.1 --seed 4 Job ID: 0a1b2c3d-0000-4000-8000-000000000000' } },
      { generator: 'Midjourney', prompt: 'a red fox --v 6.1 --seed 4', model: 'v 6.1', seed: '4' },
    ],
    [
      'the Chinese label',
      { xmp: { AIGC: '{"Label":"1","ContentProducer":"Some AI","ProduceID":"77"}' } },
      { generator: 'Some AI', settings: [{ name: 'ProduceID', value: '77' }] },
    ],
    ['Adobe Firefly', { xmp: { CreatorTool: 'Adobe Firefly 3' } }, { generator: 'Adobe Firefly' }],
    [
      'Google',
      { iptc: { Credit: 'Made with Google AI' } },
      { generator: 'Google AI', origin: 'ai-generated' },
    ],
    [
      'an edit',
      { xmp: { Credit: 'Edited with Google AI' } },
      { generator: 'Google AI', origin: 'ai-edited' },
    ],
  ])('is read of %s', (_name, groups, expected) => {
    expect(generatorFinding(metadataOf(groups))).toMatchObject({ grade: 'declared', ...expected });
  });

  it.each([
    ['a caption that talks of one', { xmp: { description: 'Talk about Midjourney and DALL·E' } }],
    ['a camera', { exif: { Make: 'Canon', Model: 'EOS 5D', Software: 'Firmware 1.0' } }],
    ['parameters of something else', { png: { parameters: 'gain=2; Steps: none' } }],
    ['a prompt that is no graph', { png: { prompt: '{"a": 1}' } }],
    ['JSON that is cut off', { png: { prompt: JSON.stringify(graph).slice(0, -5) } }],
    ['a label that only suspects', { xmp: { AIGC: '{"Label":"3"}' } }],
    ['a graph that is a list', { png: { prompt: '[1,2]' } }],
  ])('is not seen in %s', (_name, groups) => {
    expect(generatorFinding(metadataOf(groups))).toBeUndefined();
  });

  it('does not follow a graph that leads to itself', () => {
    const loop = {
      a: { class_type: 'KSampler', inputs: { positive: ['a', 0], negative: ['__proto__', 0] } },
    };
    const found = generatorFinding(metadataOf({ png: { prompt: JSON.stringify(loop) } }));
    expect(found).toMatchObject({ generator: 'ComfyUI' });
    expect(found).not.toHaveProperty('prompt');
  });

  it('keeps bounds whatever the text', () => {
    const settings = Array.from({ length: 5000 }, (_, index) => `K${index}: ${'v'.repeat(50)}`).join(', ');
    const found = generatorFinding(
      metadataOf({ png: { parameters: `${'p'.repeat(9000)}\nSteps: 1, ${settings}` } }),
    );
    expect(found?.settings).toHaveLength(32);
    expect(found?.prompt).toHaveLength(500);
  });
});
