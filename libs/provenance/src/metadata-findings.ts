import type { EvidenceFinding } from '@assay/schema';
import { exifFinding } from './exif-finding.ts';
import { generatorFinding } from './generators/generator-finding.ts';
import { iptcFinding } from './iptc-finding.ts';
import type { Metadata } from './metadata/metadata.ts';
import { softwareFindings } from './software-findings.ts';

/** All that texts of a file say of its origin; every one of these is `declared`. */
export function metadataFindings(metadata: Metadata): EvidenceFinding[] {
  const findings = [generatorFinding(metadata), iptcFinding(metadata), exifFinding(metadata)];
  return [...findings.filter((finding) => finding !== undefined), ...softwareFindings(metadata)];
}
