/** What happens in a run, as the hub and the API tell it (camelCase JSON); the hub's messages themselves are in shared/hub. */

export type RunState = 'Queued' | 'Running' | 'Paused' | 'Completed' | 'Stopped' | 'Failed';

/** One of an experiment's metrics: a share of what is read right. The first of a list is the one a run is judged by. */
export interface Metric {
    key: string;
    title: string;
    meaning: string;
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

/** One of GET /api/runs/{id}/probes; pixels are base64 bytes, 255 = full ink or light, channel by channel. */
export interface Probe {
    id: string;
    /** What is on it, in reading order: digits, or the class of the picture; null when nobody said. */
    labels: number[] | null;
    width: number;
    height: number;
    channels: number;
    pixels: string;
    pinned: boolean;
}
