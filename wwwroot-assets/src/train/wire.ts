/** What the server sends about a run: the shapes of the hub and of the API, as JSON (camelCase). */

export type RunState = 'Queued' | 'Running' | 'Paused' | 'Completed' | 'Stopped' | 'Failed';

/** Step events as columns of equal length. */
export interface StepColumns {
  step: number[];
  epoch: number[];
  loss: number[];
  rate: number[];
  gradientNorm: number[];
  imagesPerSecond: number[];
}

export interface Mistake {
  index: number;
  truth: number;
  predicted: number;
  probability: number;
}

export interface Evaluation {
  samples: number;
  loss: number;
  metrics: Record<string, number>;
  confusion: number[] | null;
  mistakes: Mistake[];
}

export interface Started {
  type: 'started';
  step: number;
  totalSteps: number;
  stepsPerEpoch: number;
  parameters: number;
  data: string;
}

export interface Validation {
  type: 'validation';
  step: number;
  epoch: number;
  whole: boolean;
  evaluation: Evaluation;
}

export interface EpochDone {
  type: 'epoch';
  step: number;
  epoch: number;
  trainLoss: number;
  activeSeconds: number;
  isBest: boolean;
}

export interface RateChanged {
  type: 'learningRate';
  step: number;
  rate: number;
}

export interface CheckpointSaved {
  type: 'checkpoint';
  step: number;
  name: string;
}

export interface Paused {
  type: 'paused';
  step: number;
}

export interface Resumed {
  type: 'resumed';
  step: number;
}

export interface Ended {
  type: 'ended';
  step: number;
  outcome: 'Completed' | 'Stopped' | 'Failed';
  reason: string | null;
  test: Record<string, number> | null;
}

export type TrainingEvent = Started | Validation | EpochDone | RateChanged | CheckpointSaved | Paused | Resumed | Ended;

export interface SequencedEvent {
  sequence: number;
  at: string;
  event: TrainingEvent;
}

/** One message of the hub's Watch: every step since the last message, and everything else that happened. */
export interface RunUpdate {
  sequence: number;
  steps: StepColumns;
  events: SequencedEvent[];
}

/** Attention of one picture: weights[layer, head, query, key], row-major bytes as base64, 255 = 1. */
export interface AttentionMessage {
  layers: number;
  heads: number;
  tokens: number;
  prefixTokens: number;
  gridHeight: number;
  gridWidth: number;
  weights: string;
}

export interface ProbeReading {
  id: string;
  predicted: number;
  probabilities: number[];
}

/** One message of the hub's WatchProbes. */
export interface ProbeFrame {
  step: number;
  readings: ProbeReading[];
  attention: AttentionMessage | null;
  attentionProbe: string | null;
}

/** One of GET /api/runs/{id}/probes; pixels are base64 bytes, 255 = full ink. */
export interface Probe {
  id: string;
  truth: number | null;
  width: number;
  height: number;
  pixels: string;
  pinned: boolean;
}

export function decodeBytes(base64: string): Uint8Array {
  const text = atob(base64);
  const bytes = new Uint8Array(text.length);
  for (let i = 0; i < text.length; i++) {
    bytes[i] = text.charCodeAt(i);
  }
  return bytes;
}
