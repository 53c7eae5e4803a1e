import { useEffect, useEffectEvent, useRef, useState } from 'react';
import { Button } from '../design/button.tsx';
import { classNames } from '../design/class-names.ts';
import { CameraDialog } from './camera-dialog.tsx';
import { picturesIn } from './pictures-in.ts';
import type { Picture } from './use-asks.ts';

export interface DropZoneProps {
  /** Whether it makes room for a result. */
  readonly isSmall: boolean;
  onPictures(pictures: readonly Picture[]): void;
}

/** Takes pictures: dropped anywhere on the page, pasted, chosen, or taken now. */
export function DropZone({ isSmall, onPictures }: DropZoneProps) {
  const chooser = useRef<HTMLInputElement>(null);
  const camera = useRef<HTMLInputElement>(null);
  const [isOver, setOver] = useState(false);
  const [isFilming, setFilming] = useState(false);
  const take = useEffectEvent((data: DataTransfer | null) => {
    const pictures = picturesIn(data);
    if (pictures.length > 0) onPictures(pictures);
    return pictures.length > 0;
  });

  useEffect(() => {
    const over = (event: DragEvent) => {
      if (event.dataTransfer?.types.includes('Files') !== true) return;
      event.preventDefault();
      setOver(true);
    };
    const leave = (event: DragEvent) => {
      if (event.relatedTarget === null) setOver(false);
    };
    const drop = (event: DragEvent) => {
      event.preventDefault();
      setOver(false);
      take(event.dataTransfer);
    };
    const paste = (event: ClipboardEvent) => {
      if (take(event.clipboardData)) event.preventDefault();
    };
    window.addEventListener('dragover', over);
    window.addEventListener('dragleave', leave);
    window.addEventListener('drop', drop);
    window.addEventListener('paste', paste);
    return () => {
      window.removeEventListener('dragover', over);
      window.removeEventListener('dragleave', leave);
      window.removeEventListener('drop', drop);
      window.removeEventListener('paste', paste);
    };
  }, []);

  const chosen = (input: HTMLInputElement) => {
    const pictures = [...(input.files ?? [])].map((file) => ({ name: file.name, file }));
    // The same file may be chosen again.
    input.value = '';
    if (pictures.length > 0) onPictures(pictures);
  };
  // A phone has an app for it; elsewhere the page asks the browser for the camera.
  const takePhoto = () =>
    window.matchMedia('(pointer: coarse)').matches ? camera.current?.click() : setFilming(true);

  return (
    <section
      className={classNames('ask-drop', isSmall && 'ask-drop-small', isOver && 'ask-drop-over')}
      aria-label="Pictures to ask about"
    >
      <div className="ask-drop-words">
        <p className="ask-drop-title">
          {isOver ? 'Let go to ask' : isSmall ? 'Ask about another' : 'Drop pictures here'}
        </p>
        <p className="ask-drop-hint">One or many; paste works as well. They are looked at and not kept.</p>
      </div>
      <div className="buttons">
        <Button kind={isSmall ? 'plain' : 'main'} onClick={() => chooser.current?.click()}>
          Choose pictures
        </Button>
        <Button onClick={takePhoto}>Take a photo</Button>
      </div>
      <input
        ref={chooser}
        type="file"
        accept="image/*"
        multiple
        hidden
        data-testid="chooser"
        onChange={({ currentTarget }) => chosen(currentTarget)}
      />
      <input
        ref={camera}
        type="file"
        accept="image/*"
        capture="environment"
        hidden
        onChange={({ currentTarget }) => chosen(currentTarget)}
      />
      {isFilming && (
        <CameraDialog onPhoto={(photo) => onPictures([photo])} onClose={() => setFilming(false)} />
      )}
    </section>
  );
}
