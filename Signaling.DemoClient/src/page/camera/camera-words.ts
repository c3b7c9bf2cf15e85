/** Why `getUserMedia` did not give a camera, for the person who asked for it. */
export function cameraTrouble(error: unknown): string {
  switch (error instanceof Error || error instanceof DOMException ? error.name : '') {
    case 'NotAllowedError': return 'The camera was refused. Allow it for this page in the browser’s address bar, and try again.';
    case 'NotFoundError': return 'No camera was found on this device.';
    case 'NotReadableError': return 'The camera is in use by another program.';
    case 'SecurityError': return insecure;
    default: return 'The camera could not be started.';
  }
}

export const insecure = 'Camera and microphone need a secure page: open it by https, or on this machine by http://localhost. The rest works without.';
