import type { ModelDetails } from '../api/types.ts';
import { Stat, Stats } from '../charts/stat.tsx';
import { milliseconds, moment } from '../design/format.ts';
import { exactPercent, figureText, intervalText } from './figure-text.ts';

/** What most people want to know first. */
export function KeyFigures({ model }: { readonly model: ModelDetails }) {
  const { evaluation, variants, variant, labels, training, imported, version } = model;
  const { accuracy, auroc, macroAuroc, expectedCalibrationError: error } = evaluation?.metrics ?? {};
  const { latencyMs } = variants[variant] ?? {};
  const ranking = auroc ?? macroAuroc;
  const made = training?.startedAt ?? imported?.importedAt;
  return (
    <Stats>
      {accuracy !== undefined && (
        <Stat
          label="Accuracy"
          value={exactPercent(accuracy.value)}
          note={intervalText('accuracy', accuracy.interval)}
        />
      )}
      {ranking !== undefined && (
        <Stat label="AUROC" value={figureText('auroc', ranking.value)} note={intervalText('auroc', ranking.interval)} />
      )}
      {error !== undefined && (
        <Stat
          label="Calibration error"
          value={exactPercent(error.value)}
          note={intervalText('expectedCalibrationError', error.interval)}
        />
      )}
      {latencyMs !== undefined && (
        <Stat label="One input" value={milliseconds(latencyMs)} note={`${variant}, one thread`} />
      )}
      <Stat
        label="Labels"
        value={String(labels.length)}
        note={evaluation === undefined ? undefined : `measured on ${evaluation.rows.toLocaleString('en-GB')} inputs`}
      />
      <Stat label="Version" value={version} note={made === undefined ? undefined : moment(made)} />
    </Stats>
  );
}
