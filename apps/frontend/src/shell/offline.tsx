import { useConnection } from '../api/connection.ts';
import { Notice } from '../design/notice.tsx';

/** Says that nothing can be asked at the moment, and goes away by itself. */
export function Offline() {
  const { isOnline, detail } = useConnection();
  if (isOnline) return null;
  return (
    <div className="shell-offline-notice">
      <Notice tone="warn" title="The service does not answer at the moment">
        <p>{detail} This page keeps trying: whatever waits goes on by itself as soon as it can.</p>
      </Notice>
    </div>
  );
}
