import { InvalidArgumentError } from 'commander';

/** `feature=number` of an option that may be given several times, added to those before it. */
export function parseConstant(text: string, before: Record<string, number>): Record<string, number> {
  const [name = '', value = ''] = text.split('=');
  if (name === '' || value === '' || !Number.isFinite(Number(value)))
    throw new InvalidArgumentError('Expected feature=number.');
  return { ...before, [name]: Number(value) };
}
