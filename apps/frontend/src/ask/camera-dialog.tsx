import { useEffect, useRef, useState } from 'react';
import { Button } from '../design/button.tsx';
import type { Picture } from './use-asks.ts';

export interface CameraDialogProps {
  onPhoto(photo: Picture): void;
  onClose(): void;
}

/** Shows what the camera sees and takes a picture of it. */
export function CameraDialog({ onPhoto, onClose }: CameraDialogProps) {
  const dialog = useRef<HTMLDialogElement>(null);
  const video = useRef<HTMLVideoElement>(null);
  const [fault, setFault] = useState<string>();
  const [isFilming, setFilming] = useState(false);

  useEffect(() => {
    dialog.current?.showModal();
    let stream: MediaStream | undefined;
    let isGone = false;
    const film = async () => {
      try {
        // Absent on pages that are neither local nor encrypted.
        const devices = navigator.mediaDevices as MediaDevices | undefined;
        if (devices === undefined)
          throw new Error('This address is not encrypted, so the browser gives no camera.');
        stream = await devices.getUserMedia({ video: { facingMode: 'environment' } });
        if (isGone) stop(stream);
        else if (video.current !== null) video.current.srcObject = stream;
      } catch (error) {
        setFault(error instanceof Error ? error.message : String(error));
      }
    };
    void film();
    return () => {
      isGone = true;
      if (stream !== undefined) stop(stream);
    };
  }, []);

  const shoot = async () => {
    const frame = video.current;
    if (frame === null) return;
    const canvas = document.createElement('canvas');
    canvas.width = frame.videoWidth;
    canvas.height = frame.videoHeight;
    canvas.getContext('2d')?.drawImage(frame, 0, 0);
    const file = await new Promise<Blob | null>((resolve) => canvas.toBlob(resolve, 'image/jpeg', 0.95));
    if (file !== null) onPhoto({ name: 'photo.jpg', file });
    onClose();
  };

  return (
    <dialog ref={dialog} className="ask-camera" aria-label="Take a photo" onClose={onClose}>
      {fault === undefined ? (
        <video ref={video} autoPlay playsInline muted onPlaying={() => setFilming(true)} />
      ) : (
        <p role="alert">
          There is no camera to use: {fault} Allow it in the browser’s settings, or choose a picture instead.
        </p>
      )}
      <div className="buttons">
        {fault === undefined && (
          <Button kind="main" disabled={!isFilming} onClick={() => void shoot()}>
            Take it
          </Button>
        )}
        <Button onClick={() => dialog.current?.close()}>Close</Button>
      </div>
    </dialog>
  );
}

function stop(stream: MediaStream): void {
  for (const track of stream.getTracks()) track.stop();
}
