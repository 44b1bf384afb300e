using VitLab.Training;

namespace VitLab.Web.Runs;

/// <summary>One line of events.jsonl. Sequence numbers of a run start at 1 and have no gaps.</summary>
public sealed record SequencedEvent(long Sequence, DateTimeOffset At, TrainingEvent Event);
